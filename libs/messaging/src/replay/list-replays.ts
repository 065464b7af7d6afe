import type { Tx } from '#leadwire/database';
import { REPLAY_COLUMNS, type Replay } from './start-replay.js';

/** A replay and whose events it hands over. */
export interface TenantReplay extends Replay {
  readonly tenantId: string;
}

const LIST = `
  select ${REPLAY_COLUMNS}, tenant_id as "tenantId" from replays
  where ($1::uuid[] is null or id = any($1)) order by id desc limit $2`;

/** The latest replays, or those of the ids given: of the transaction's tenant, of every tenant in the platform's. */
export function listReplays(tx: Tx, limit: number, ids?: readonly string[]): Promise<TenantReplay[]> {
  return tx.query<TenantReplay>(LIST, [ids ?? null, limit]);
}
