import { Database } from '#leadwire/database';
import { Inject, Injectable } from '@nestjs/common';
import { CallLogEntity } from '../calls/call-log.entity.js';
import { CallProgress } from '../calls/call-progress.js';
import { CARRIER } from '../carrier/carrier.provider.js';
import { isCarrierFailure, type Carrier, type CarrierCall, type CarrierFailure } from '../carrier/carrier.port.js';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { RING_SECONDS } from './dial-call.js';

// Materialized: inside an IN the planner may run the limited query once per row, and claim more than it was to.
const CLAIM = `
  with due as materialized (
    select id from voice_call_logs
    where status in ('dialling', 'ringing', 'in_progress') and carrier_sid is not null and check_at <= statement_timestamp()
    order by check_at limit 20 for update skip locked
  )
  update voice_call_logs l set check_at = statement_timestamp() + $1 * interval '1 millisecond'
  from due where l.id = due.id
  returning l.id, l.tenant_id`;

const NO_SUCH_CALL = new Set(['20404', '404']);
const SPARE_SECONDS = 30;

/**
 * Asks the carrier about calls that are under way: one whose callbacks were lost ends here too, and one that lasts
 * longer than its agent may speak is hung up, for no more than that was reserved.
 */
@Injectable()
export class CheckLiveCalls {
  constructor(
    private readonly database: Database,
    private readonly progress: CallProgress,
    private readonly config: VoiceCallsConfig,
    @Inject(CARRIER) private readonly carrier: Carrier,
  ) {}

  async sweep(): Promise<boolean> {
    const claimed = await this.database.forPlatform((tx) =>
      tx.query<{ id: string; tenant_id: string }>(CLAIM, [this.config.callCheckMs]),
    );
    for (const { id, tenant_id } of claimed) await this.check(tenant_id, id);
    return claimed.length > 0;
  }

  private async check(tenantId: string, callId: string): Promise<void> {
    const call = await this.database.forTenantAsService(tenantId, (tx) => tx.manager.findOneBy(CallLogEntity, { id: callId }));
    if (!call?.carrierSid) return;
    if (isOverdue(call)) await this.carrier.hangUp(call.carrierSid);
    const seen = await this.carrier.fetchCall(call.carrierSid);
    await this.database.forTenantAsService(tenantId, async (tx) => {
      const row = await this.progress.locked(tx, callId);
      if (!row) return;
      if (!isCarrierFailure(seen)) await this.progress.apply(tx, row, reportOf(seen), seen.durationSeconds);
      else if (isLost(seen)) await this.progress.fail(tx, row, 'lost-by-carrier');
    });
  }
}

function isOverdue(call: CallLogEntity): boolean {
  const allowedSeconds = RING_SECONDS + call.maxMinutes * 60 + SPARE_SECONDS;
  return call.dialAttemptedAt !== null && Date.now() - call.dialAttemptedAt.getTime() > allowedSeconds * 1_000;
}

function isLost(failure: CarrierFailure): boolean {
  return failure.failed === 'rejected' && NO_SUCH_CALL.has(failure.code);
}

function reportOf({ status, answeredBy }: CarrierCall) {
  return { status, answeredBy, sipResponseCode: null };
}
