import { ambientDeadline, isId, serviceCaller, type Caller } from '#leadwire/kernel';
import { DataSource, type EntityManager } from 'typeorm';
import type { ServiceSchema } from './service-schema.js';
import { isLostRace } from './transient-error.js';

/** A transaction under way. */
export interface Tx {
  readonly manager: EntityManager;
  /** Runs SQL with parameters and answers its rows, also those of UPDATE … RETURNING. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /**
   * Sends a statement with COMMIT, in one message to the server: no round trip of its own. It is made when the work is
   * done; its values must be quoted by the driver. If it fails nothing commits and the error is thrown.
   */
  withCommit(statement: () => string): void;
  /** Runs once the transaction has committed; not at all if it did not. */
  afterCommit(action: () => void): void;
}

/** A transaction that sees and writes the rows of one tenant only. */
export interface TenantTx extends Tx {
  readonly caller: Caller;
  readonly tenantId: string;
}

// A lost race (deadlock, serialisation) is run again; past three times it is contention worth seeing.
const ATTEMPTS = 3;

/** The service's own schema, always through a transaction that says for whom. */
export class Database {
  constructor(
    private readonly source: DataSource,
    private readonly names: ServiceSchema,
    private readonly service: string,
  ) {}

  /** Runs work in one transaction for the caller's tenant; commits when it returns, rolls back when it throws. */
  forTenant<T>(caller: Caller, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    const { tenantId } = caller;
    // The tenant stands in the statement's text, for it travels with START TRANSACTION: nothing but a UUID may.
    if (!isId(tenantId)) throw new Error('a tenant id must be a UUID');
    return this.transaction(`set local leadwire.tenant_id = '${tenantId}'`, (tx) => work({ ...tx, caller, tenantId }));
  }

  /** As `forTenant`, acting as the service itself: for consumers, timers and verified webhooks. */
  forTenantAsService<T>(tenantId: string, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.forTenant(serviceCaller(this.service, tenantId), work);
  }

  /** Sweeps across tenants what migrations opened to the platform role, and nothing else. */
  forPlatform<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(`set local role ${this.names.platformRole}`, work);
  }

  /** Tables that belong to no tenant (users, credentials); tenant tables show no row here. */
  withoutTenant<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction('', work);
  }

  private async transaction<T>(setting: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const ending: Ending = { last: [], committed: [] };
      try {
        const result = await inTransaction(this.source, setting, ending, (manager) => work(txOf(manager, ending)));
        for (const action of ending.committed) action();
        return result;
      } catch (error) {
        if (attempt >= ATTEMPTS || !isLostRace(error)) throw error;
      }
    }
  }
}

/** What a transaction does at its end. */
interface Ending {
  readonly last: (() => string)[];
  readonly committed: (() => void)[];
}

// As DataSource.transaction, but the setting travels with START TRANSACTION: one round trip less in every transaction.
// The runner is told what it would have noted itself, so that commit, rollback and a nested transaction (a savepoint)
// go on as usual.
async function inTransaction<T>(source: DataSource, setting: string, ending: Ending, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    // Noted before: if the setting fails there is a transaction to roll back.
    Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
    await runner.query(`START TRANSACTION; ${setting}${untilDeadline()}`);
    const result = await work(runner.manager);
    await runner.query([...lastWords(ending), 'COMMIT'].join('; '));
    Object.assign(runner, { isTransactionActive: false, transactionDepth: 0 });
    return result;
  } catch (error) {
    // A rollback that fails says only that the connection is gone, and with it the transaction.
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

// COMMIT rolls an aborted transaction back and calls that a success; any other statement fails in it. So work that passed
// over an error of the server learns that nothing was committed.
function lastWords({ last }: Ending): string[] {
  return last.length > 0 ? last.map((statement) => statement()) : ['select'];
}

// Who called waits no longer than this: a statement that goes on would work for nobody.
function untilDeadline(): string {
  const deadline = ambientDeadline();
  return deadline === undefined ? '' : `; set local statement_timeout = ${Math.max(1, Math.ceil(deadline - Date.now()))}`;
}

function txOf(manager: EntityManager, ending: Ending): Tx {
  return {
    manager,
    query: async <Row>(sql: string, parameters: unknown[] = []) => {
      const result = await manager.queryRunner!.query(sql, parameters, true);
      return result.records as Row[];
    },
    withCommit: (statement) => void ending.last.push(statement),
    afterCommit: (action) => void ending.committed.push(action),
  };
}
