import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { CallLogEntity } from '../calls/call-log.entity.js';
import type { VerifiedCallback } from './verified-callbacks.js';

const STORE = `
  insert into voice_call_callbacks (id, call_log_id, carrier_sid, kind, sequence, params) values ($1, $2, $3, $4, $5, $6)
  on conflict do nothing returning id`;
// A row that was put back into the queue as never dialled is under way after all.
const ADOPT = `
  update voice_call_logs set carrier_sid = $2, status = case status when 'queued' then 'dialling' else status end,
    check_at = coalesce(check_at, clock_timestamp())
  where id = $1 and carrier_sid is null`;

/** Keeps every callback as it came, once. */
@Injectable()
export class CallbackLog {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  /** Whether the callback is new and about the carrier's call that this row stands for. */
  async keep(tx: TenantTx, call: CallLogEntity, callback: VerifiedCallback, kind: 'status' | 'transcription', sequence: number): Promise<boolean> {
    const { carrierSid, params } = callback;
    const [stored] = await tx.query(STORE, [newId(), call.id, carrierSid, kind, sequence, JSON.stringify(params)]);
    if (!stored) return false;
    return this.isOf(tx, call, carrierSid);
  }

  // A callback to the call's own address settles an unknown outcome: this is the carrier's call that was asked for.
  private async isOf(tx: TenantTx, call: CallLogEntity, carrierSid: string): Promise<boolean> {
    if (call.carrierSid === null && carrierSid) {
      await tx.query(ADOPT, [call.id, carrierSid]);
      call.carrierSid = carrierSid;
      if (call.status === 'queued') call.status = 'dialling';
    }
    const same = call.carrierSid === carrierSid;
    if (!same) this.logger.warn({ callId: call.id, carrierSid }, 'a callback names another call of the carrier than ours; kept, not applied');
    return same;
  }
}
