import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { VoiceAgentEntity } from '../agents/voice-agent.entity.js';
import { CallbackAddresses } from '../callbacks/callback-addresses.js';
import type { CallLogEntity } from '../calls/call-log.entity.js';
import { CARRIER } from '../carrier/carrier.provider.js';
import { isCarrierFailure, type Carrier, type CarrierFailure, type PlaceCallRequest } from '../carrier/carrier.port.js';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { callScript } from './call-script.js';
import { DialIntents } from './dial-intents.js';
import { ReserveCall } from './reserve-call.js';

/** Seconds a telephone rings at most. */
export const RING_SECONDS = 60;

const RETRY_MS = 1_000;
// Half the life of a reservation: a call that begins now ends while its money is still held.
const LONGEST_WAIT_MS = 12 * 3_600_000;

/** Dials one call: reserve, write the intent, ask the carrier, write its answer. Safe to die between any two of them. */
@Injectable()
export class DialCall {
  constructor(
    private readonly reservation: ReserveCall,
    private readonly intents: DialIntents,
    private readonly addresses: CallbackAddresses,
    private readonly config: VoiceCallsConfig,
    @Inject(CARRIER) private readonly carrier: Carrier,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(call: CallLogEntity, agent: VoiceAgentEntity): Promise<void> {
    if (Date.now() - call.createdAt.getTime() > LONGEST_WAIT_MS) return this.intents.giveUp(call, 'not-dialled-in-time');
    const request = this.requestOf(call, agent);
    if (!(await this.isReserved(call, agent))) return;
    const began = performance.now();
    const attempt = await this.intents.write(call);
    if (attempt === undefined) return;
    // A process that was held up this long may already be taken for dead, and its call be dialled by another.
    if (performance.now() - began > this.config.unknownDialGraceMs / 4) return;
    const placed = await this.carrier.placeCall(request);
    if (isCarrierFailure(placed)) return this.notPlaced(call, attempt, placed);
    await this.intents.settle(call, attempt, placed.sid);
  }

  private async isReserved(call: CallLogEntity, agent: VoiceAgentEntity): Promise<boolean> {
    const outcome = await this.reservation.hold(call, agent.instructions);
    if (outcome === 'later') await this.intents.postpone(call, RETRY_MS);
    if (outcome === 'insufficient') await this.intents.giveUp(call, 'insufficient-funds');
    if (outcome === 'refused') await this.intents.giveUp(call, 'reservation-refused');
    return outcome === 'held';
  }

  // An unknown outcome stays as it is: a callback or the sweep will tell whether the carrier has the call.
  private async notPlaced(call: CallLogEntity, attempt: number, failure: CarrierFailure): Promise<void> {
    this.logger.warn({ callId: call.id, ...failure }, 'the carrier did not take a call');
    if (failure.failed === 'rejected') await this.intents.giveUp(call, 'carrier-refused', attempt);
    if (failure.failed === 'unavailable') await this.intents.takeBack(call, attempt, RETRY_MS);
  }

  private requestOf(call: CallLogEntity, agent: VoiceAgentEntity): PlaceCallRequest {
    const reference = { tenantId: call.tenantId, callId: call.id };
    return {
      callId: call.id,
      from: call.fromNumber!,
      to: call.toNumber,
      twiml: callScript(agent, call, this.addresses.addressOf(reference, 'transcription')),
      statusCallbackUrl: this.addresses.addressOf(reference, 'status'),
      timeoutSeconds: RING_SECONDS,
      machineDetection: 'detect-message-end',
    };
  }
}
