import { Database, violatedConstraint } from '#leadwire/database';
import { Injectable } from '@nestjs/common';
import { CallLogEntity } from '../calls/call-log.entity.js';
import { CallProgress } from '../calls/call-progress.js';
import type { EndReason } from '../calls/call-status.js';
import { VoiceCallsConfig } from '../voice-calls.config.js';

const INTEND = `
  update voice_call_logs set status = 'dialling', reservation_status = 'held', dial_attempts = dial_attempts + 1,
    dial_attempted_at = clock_timestamp(), started_at = clock_timestamp(), claimed_until = null,
    check_at = clock_timestamp() + $2 * interval '1 millisecond'
  where id = $1 and status = 'queued' and carrier_sid is null
  returning dial_attempts`;
const LATER = `
  update voice_call_logs set next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond', claimed_until = null
  where id = $1 and status = 'queued'`;
// Only the attempt that was the last may be taken back: any other has been decided by somebody else.
const TAKE_BACK = `
  update voice_call_logs set status = 'queued', next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond',
    dial_attempted_at = null, check_at = null, claimed_until = null
  where id = $1 and dial_attempts = $2 and status = 'dialling' and carrier_sid is null`;
// A call that was put back into the queue as never placed, and was placed after all, is under way.
const SETTLE = `
  update voice_call_logs set carrier_sid = $2, status = 'dialling', claimed_until = null, check_at = coalesce(check_at, clock_timestamp())
  where id = $1 and carrier_sid is null and (status = 'queued' or (status = 'dialling' and dial_attempts = $3))`;
const SID = `select carrier_sid from voice_call_logs where id = $1`;

/** The record of dialling: the intent is written before the carrier is asked, its outcome after, or by look-up. */
@Injectable()
export class DialIntents {
  constructor(
    private readonly database: Database,
    private readonly progress: CallProgress,
    private readonly config: VoiceCallsConfig,
  ) {}

  /** Writes the intent to dial and answers its number; undefined when the call is not to be dialled now. */
  async write(call: CallLogEntity): Promise<number | undefined> {
    try {
      const [row] = await this.run<{ dial_attempts: number }>(call, INTEND, [call.id, this.config.callCheckMs]);
      return row?.dial_attempts;
    } catch (error) {
      // Between the same two numbers another dialling has no known outcome yet; this one waits for it.
      if (violatedConstraint(error) !== 'voice_call_logs_unknown') throw error;
      await this.postpone(call, 1_000);
      return undefined;
    }
  }

  /** Leaves a call in the queue for some milliseconds. */
  async postpone(call: CallLogEntity, ms: number): Promise<void> {
    await this.run(call, LATER, [call.id, ms]);
  }

  /** Nothing was dialled by this attempt: back into the queue. */
  async takeBack(call: CallLogEntity, attempt: number, ms: number): Promise<void> {
    await this.run(call, TAKE_BACK, [call.id, attempt, ms]);
  }

  /** This attempt became the carrier's call, as a callback may have told before; false when the row stands for another. */
  settle(call: CallLogEntity, attempt: number, carrierSid: string): Promise<boolean> {
    return this.database.forTenantAsService(call.tenantId, async (tx) => {
      await tx.query(SETTLE, [call.id, carrierSid, attempt]);
      const [row] = await tx.query<{ carrier_sid: string | null }>(SID, [call.id]);
      return row?.carrier_sid === carrierSid;
    });
  }

  /** Ends a call that was not placed; `attempt` undefined means that none was made. */
  async giveUp(call: CallLogEntity, endReason: EndReason, attempt?: number): Promise<void> {
    await this.database.forTenantAsService(call.tenantId, async (tx) => {
      const row = await this.progress.locked(tx, call.id);
      const mine = attempt === undefined ? row?.status === 'queued' : row?.status === 'dialling' && row.dialAttempts === attempt;
      if (!row || !mine || row.carrierSid) return;
      if (endReason === 'insufficient-funds' || endReason === 'reservation-refused') row.reservationStatus = 'refused';
      await this.progress.fail(tx, row, endReason);
    });
  }

  private run<Row>(call: CallLogEntity, sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.database.forTenantAsService(call.tenantId, (tx) => tx.query<Row>(sql, parameters));
  }
}
