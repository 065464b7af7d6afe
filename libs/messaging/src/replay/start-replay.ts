import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';

/** Which events of the transaction's tenant one consumer is to handle once more: those that fit all that is given. */
export interface ReplayRequest {
  readonly consumer: string;
  readonly aggregateType?: string;
  readonly aggregateId?: string;
  /** As `leads.lead.created`. */
  readonly type?: string;
  /** Those that occurred then or later. */
  readonly from?: Date;
  /** Those that occurred before. */
  readonly to?: Date;
  /** Of what leaves the house: mails, calls, charges. */
  readonly effects: 'suppressed' | 'performed';
}

/** How far a replay is. */
export interface Replay {
  readonly id: string;
  readonly consumer: string;
  readonly effects: 'suppressed' | 'performed';
  readonly state: 'running' | 'done' | 'failed';
  /** Events that fitted, so far. */
  readonly total: number;
  /** Of them, handed to the reaction once more. */
  readonly replayed: number;
  /** Of them, not handed over because its effects leave the house. */
  readonly suppressed: number;
  readonly error: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

const START = `
  insert into replays (id, consumer, aggregate_type, aggregate_id, event_type, from_at, to_at, effects) values ($1, $2, $3, $4, $5, $6, $7, $8)`;
/** A replay's columns as `Replay` names them. */
export const REPLAY_COLUMNS = `id, consumer, effects, state, total::float8 as total, replayed::float8 as replayed,
  suppressed::float8 as suppressed, error, started_at as "startedAt", ended_at as "endedAt"`;
const READ = `select ${REPLAY_COLUMNS} from replays where id = $1`;

/** Asks for a replay and answers its id; a process of the service runs it, from what the streams still hold. */
export async function startReplay(tx: TenantTx, request: ReplayRequest): Promise<string> {
  const { consumer, aggregateType, aggregateId, type, from, to, effects } = request;
  const id = newId();
  await tx.query(START, [id, consumer, aggregateType ?? null, aggregateId ?? null, type ?? null, from ?? null, to ?? null, effects]);
  return id;
}

/** How far one of the tenant's replays is, or undefined when there is none. */
export async function readReplay(tx: TenantTx, id: string): Promise<Replay | undefined> {
  return (await tx.query<Replay>(READ, [id]))[0];
}
