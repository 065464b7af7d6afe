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
    if (this.isTooLate(performance.now() - began)) return;
    const placed = await this.carrier.placeCall(request);
    if (isCarrierFailure(placed)) return this.notPlaced(call, attempt, placed);
    if (!(await this.intents.settle(call, attempt, placed.sid))) await this.hangUpStray(call, placed.sid);
  }

  // This process was taken for dead and the call was dialled anew: whoever is rung twice is not to be spoken to twice.
  private async hangUpStray(call: CallLogEntity, carrierSid: string): Promise<void> {
    this.logger.error({ callId: call.id, carrierSid }, 'a call was placed that its row does not stand for; it is hung up');
    await this.carrier.hangUp(carrierSid);
  }

  // Whoever was held up after writing the intent must not ask any more: its request has to be over before the grace is,
  // when the call is looked up and may be dialled by another.
  private isTooLate(elapsedMs: number): boolean {
    const { unknownDialGraceMs, carrierTimeoutMs } = this.config;
    return elapsedMs > (unknownDialGraceMs - carrierTimeoutMs) / 2;
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
