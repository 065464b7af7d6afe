import type { Database } from '#leadwire/database';
import type { Logger } from 'pino';
import type { Leases } from '../leases/leases.js';

const ROUND_MS = 3_600_000;
// A round that met a lock it could not have soon is tried again before the hour is over.
const RETRY_MS = 60_000;

/** How long a service keeps what it has told and handled, in days. */
export interface Horizons {
  /** Published events stay in the outbox: a day longer than in the stream, which keeps seven. */
  readonly outboxDays: number;
  /** Handled events stay in the inbox: past the stream's seven days and a week of outage nothing comes again. */
  readonly inboxDays: number;
  /** Answers kept for idempotency keys. */
  readonly answerDays: number;
}

export const HORIZONS: Horizons = { outboxDays: 8, inboxDays: 15, answerDays: 2 };

const KEEP = `select made, dropped, put_off from keep_partitions($1, $2)`;
const OLD_ANSWERS = `
  delete from idempotency_keys k using (
    select tenant_id, operation, key from idempotency_keys where created_at < clock_timestamp() - make_interval(days => $1)
    order by created_at limit 10000
  ) old where k.tenant_id = old.tenant_id and k.operation = old.operation and k.key = old.key`;

/** Lets what is past its horizon go, a day at a time. One replica does so, hourly. */
export class Retention {
  private timer?: NodeJS.Timeout;
  private round?: Promise<void>;
  private leading = false;

  constructor(
    private readonly service: string,
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly logger: Logger,
    private readonly horizons: Horizons = HORIZONS,
  ) {}

  /** Stands for the lease; its holder begins at once. */
  start(): void {
    this.leases.stand(`${this.service}/retention`, {
      onWon: () => {
        this.leading = true;
        this.schedule(0);
      },
      onLost: () => this.rest(),
    });
  }

  /** Finishes the round in hand. */
  async stop(): Promise<void> {
    this.rest();
    await this.round;
  }

  /** One round; answers whether a day past its horizon stays for others' locks. Days that hold an unpublished event stay. */
  async sweep(): Promise<boolean> {
    const { outboxDays, inboxDays, answerDays } = this.horizons;
    let putOff = false;
    for (const [table, days] of [['domain_events', outboxDays], ['inbox', inboxDays]] as const) {
      const [kept] = await this.database.withoutTenant((tx) => tx.query<{ made: number; dropped: number; put_off: boolean }>(KEEP, [table, days]));
      this.logger[kept!.put_off ? 'warn' : 'debug']({ table, ...kept }, 'retention: days made and dropped, or put off for others\' locks');
      putOff ||= kept!.put_off;
    }
    await this.database.forPlatform((tx) => tx.query(OLD_ANSWERS, [answerDays]));
    return putOff;
  }

  private rest(): void {
    this.leading = false;
    clearTimeout(this.timer);
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void (this.round = this.runRound()), ms);
    this.timer.unref();
  }

  private async runRound(): Promise<void> {
    let next = ROUND_MS;
    try {
      if (await this.sweep()) next = RETRY_MS;
    } catch (error) {
      next = RETRY_MS;
      this.logger.warn({ err: error }, 'retention: the round did not finish, trying again in a minute');
    }
    if (this.leading) this.schedule(next);
  }
}
