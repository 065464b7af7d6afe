import type { Database } from '#leadwire/database';
import type { ReceivedEvent } from '../consumers/received-event.js';

/** A replay as its runner reads it. */
export interface ReplayRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly consumer: string;
  readonly aggregate_type: string | null;
  readonly aggregate_id: string | null;
  readonly event_type: string | null;
  readonly from_at: Date | null;
  readonly to_at: Date | null;
  readonly effects: 'suppressed' | 'performed';
  readonly started_at: Date;
  /** By source service: the last message of its stream that was dealt with, and the last there is to deal with. */
  readonly positions: Record<string, { at: number; end: number }>;
}

const NEXT = `select * from replays where state = 'running' and id <> all ($1::uuid[]) order by id limit 1`;
const PROGRESS = `
  update replays set total = total + $2, replayed = replayed + $3, suppressed = suppressed + $4, positions = positions || $5::jsonb where id = $1`;
const END = `update replays set state = $2, error = $3, ended_at = clock_timestamp() where id = $1`;

/** The oldest replay that is not done, of any tenant, but for those given. */
export async function nextReplay(database: Database, except: readonly string[]): Promise<ReplayRow | undefined> {
  return (await database.forPlatform((tx) => tx.query<ReplayRow>(NEXT, [except])))[0];
}

/** What a part of a replay came to. */
export interface ReplayProgress {
  readonly total: number;
  readonly replayed: number;
  readonly suppressed: number;
}

/** Adds a part to what a replay has come to, and where it stands in a source's stream. */
export async function noteProgress(database: Database, id: string, part: ReplayProgress, positions: ReplayRow['positions']): Promise<void> {
  await database.forPlatform((tx) => tx.query(PROGRESS, [id, part.total, part.replayed, part.suppressed, JSON.stringify(positions)]));
}

/** Ends a replay; with an error it failed. */
export async function endReplay(database: Database, id: string, error: string | null): Promise<void> {
  await database.forPlatform((tx) => tx.query(END, [id, error === null ? 'done' : 'failed', error]));
}

/** Whether an event is among those asked for. */
export function fits(event: ReceivedEvent, replay: ReplayRow): boolean {
  const same = (asked: string | null, value: string): boolean => asked === null || asked === value;
  return event.tenantId === replay.tenant_id
    && same(replay.aggregate_type, event.aggregateType) && same(replay.aggregate_id, event.aggregateId) && same(replay.event_type, event.type)
    && (replay.from_at === null || event.occurredAt >= replay.from_at) && (replay.to_at === null || event.occurredAt < replay.to_at);
}
