import { Database } from '#leadwire/database';
import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { CallLogEntity } from '../calls/call-log.entity.js';
import { CARRIER } from '../carrier/carrier.provider.js';
import { isCarrierFailure, type Carrier, type FoundCall } from '../carrier/carrier.port.js';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { DiallerSignal } from '../work/worker-signals.js';
import { DialIntents } from './dial-intents.js';

// Materialized: inside an IN the planner may run the limited query once per row, and claim more than it was to.
const CLAIM = `
  with unknown as materialized (
    select id from voice_call_logs
    where status = 'dialling' and carrier_sid is null and dial_attempted_at < statement_timestamp() - $1 * interval '1 millisecond'
      and (claimed_until is null or claimed_until < statement_timestamp())
    order by dial_attempted_at limit 20 for update skip locked
  )
  update voice_call_logs l set claimed_until = statement_timestamp() + interval '30 seconds'
  from unknown where l.id = unknown.id
  returning l.id, l.tenant_id`;
const KNOWN = `select carrier_sid from voice_call_logs where carrier_sid = any($1)`;

// The carrier's clock may be behind ours by this much. An older call between the two numbers is known by its sid.
const CLOCK_SKEW_MS = 10_000;

/**
 * Settles diallings whose outcome nobody wrote down: the answer was lost, or the process died. The carrier is asked; a
 * call it has is adopted, and only when it has none is the call dialled again.
 */
@Injectable()
export class SettleUnknownDials {
  constructor(
    private readonly database: Database,
    private readonly intents: DialIntents,
    private readonly config: VoiceCallsConfig,
    private readonly dialler: DiallerSignal,
    @Inject(CARRIER) private readonly carrier: Carrier,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    // Asking while the request may still be on its way would find nothing and dial a second call.
    if (config.unknownDialGraceMs <= config.carrierTimeoutMs) throw new Error('UNKNOWN_DIAL_GRACE_MS must be larger than CARRIER_TIMEOUT_MS');
  }

  async sweep(): Promise<boolean> {
    const claimed = await this.database.forPlatform((tx) =>
      tx.query<{ id: string; tenant_id: string }>(CLAIM, [this.config.unknownDialGraceMs]),
    );
    for (const { id, tenant_id } of claimed) await this.settle(tenant_id, id);
    return claimed.length > 0;
  }

  private async settle(tenantId: string, callId: string): Promise<void> {
    const call = await this.database.forTenantAsService(tenantId, (tx) => tx.manager.findOneBy(CallLogEntity, { id: callId }));
    if (!call?.fromNumber || !call.dialAttemptedAt || call.carrierSid) return;
    const startedAfter = new Date(call.dialAttemptedAt.getTime() - CLOCK_SKEW_MS);
    const found = await this.carrier.findCalls({ to: call.toNumber, from: call.fromNumber, startedAfter });
    // No answer, no decision: asked again when the lease ends.
    if (isCarrierFailure(found)) return;
    const ours = await this.unknownAmong(found);
    if (ours) await this.intents.settle(call, call.dialAttempts, ours.sid);
    else await this.intents.takeBack(call, call.dialAttempts, 0);
    this.logger.info({ callId, carrierSid: ours?.sid ?? null }, ours ? 'an unknown dialling was found at the carrier' : 'a dialling never reached the carrier');
    this.dialler.wake();
  }

  // Sids are known of all tenants: numbers may be shared.
  private async unknownAmong(found: FoundCall[]): Promise<FoundCall | undefined> {
    const rows = await this.database.forPlatform((tx) => tx.query<{ carrier_sid: string }>(KNOWN, [found.map((call) => call.sid)]));
    const known = new Set(rows.map((row) => row.carrier_sid));
    return found.findLast((call) => !known.has(call.sid));
  }
}
