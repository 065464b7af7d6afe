import {
  callRequested,
  callUsageRecorded,
  voiceCallsOperations as operations,
  type CallView,
  type UsageRecorded,
  type VoiceAgentView,
  type VoiceNumberView,
} from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { ServiceHarness, until } from '#leadwire/testing';
import { voiceCallsMigrations } from '../migrations/index.js';
import { BillingResponder } from './billing.harness.js';
import { CallbackReceiver, LossyLine } from './carrier-line.harness.js';
import { outcomeOf, type CallOutcome } from './carrier/local-carrier/call-outcome.js';
import { startLocalCarrier, type RunningLocalCarrier } from './carrier/local-carrier/carrier-server.js';
import { VoiceCallsModule } from './voice-calls.module.js';

export const ACCOUNT_SID = 'AC0123456789abcdef0123456789abcdef';
export const AUTH_TOKEN = 'a-token-for-tests-only';
export const FROM = '+14155550100';
const SEED = 'voice-calls';

interface CarrierSideCall {
  sid: string;
  to: string;
  from: string;
  status: string;
  duration: number | null;
}

/** A tenant that can call. */
export interface CallingTenant {
  caller: Caller;
  tenantId: string;
  agent: VoiceAgentView;
  number: VoiceNumberView;
}

/** The voice-calls service with a carrier, a line to it, somebody who takes its callbacks, and billing. */
export class VoiceCallsHarness {
  private constructor(
    readonly service: ServiceHarness,
    readonly billing: BillingResponder,
    readonly receiver: CallbackReceiver,
    readonly line: LossyLine,
    readonly carrier: RunningLocalCarrier,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<VoiceCallsHarness> {
    const carrier = await startLocalCarrier({
      host: '127.0.0.1', port: 0, accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, seed: SEED, speed: 500, requestsPerSecond: 0,
    });
    const receiver = new CallbackReceiver();
    const line = new LossyLine();
    await receiver.start();
    await line.start(carrier.url);
    const service = await ServiceHarness.start({
      name: 'voice-calls',
      module: VoiceCallsModule,
      migrations: voiceCallsMigrations,
      environment: { ...settings(receiver.url, line.url), ...environment },
    });
    receiver.forward = (operation, input) => service.call(operation, input);
    const billing = new BillingResponder(service.bus);
    await billing.listen();
    return new VoiceCallsHarness(service, billing, receiver, line, carrier);
  }

  async stop(): Promise<void> {
    await this.carrier.close();
    await this.service.stop();
    await Promise.all([this.receiver.stop(), this.line.stop()]);
  }

  /** A new tenant with an agent and a number. */
  async tenant(): Promise<CallingTenant> {
    const caller = this.service.caller();
    const agent = await this.service.call(operations.createVoiceAgent, {
      name: 'Mia',
      instructions: 'Be kind and short.',
      openingLine: 'Hello {{ leadName }}, this is Mia from Acme Homes. Do you have a minute?',
      talkingPoints: ['We have new homes near you.', 'Would you like to see one?', 'Thank you, goodbye.'],
    }, caller);
    const number = await this.service.call(operations.addVoiceNumber, { number: FROM, defaultAgentId: agent.id }, caller);
    return { caller, tenantId: caller.tenantId, agent, number };
  }

  place(tenant: CallingTenant, to: string, leadName = 'Ann'): Promise<CallView> {
    return this.service.call(operations.placeCall, { agentId: tenant.agent.id, fromNumberId: tenant.number.id, to, leadName }, tenant.caller);
  }

  /** A campaign's request for a call, as the campaigns service tells it. */
  request(tenant: CallingTenant, to: string, change: { enrolment?: string; stepId?: string; id?: string; agentId?: string; dedupe?: boolean } = {}): Promise<string> {
    const { enrolment = newId(), stepId = newId(), agentId = tenant.agent.id, ...rest } = change;
    return this.service.publish(callRequested, {
      tenantId: tenant.tenantId,
      aggregateId: enrolment,
      payload: { campaignId: newId(), stepId, leadId: newId(), to, leadName: 'Ann', companyName: null, agentId, fromNumberId: tenant.number.id },
      ...rest,
    });
  }

  read(tenant: CallingTenant, callId: string): Promise<CallView> {
    return this.service.call(operations.getCall, { callId }, tenant.caller);
  }

  /** Waits until a call is read and its use told. */
  async finished(callId: string): Promise<Record<string, any>> {
    return until(`call ${callId} is finished`, async () => {
      const [row] = await this.service.rows('select * from voice_call_logs where id = $1 and finished_at is not null', [callId]);
      return row;
    });
  }

  async usageOf(tenantId: string, callId: string): Promise<UsageRecorded[]> {
    const told = await this.service.told(callUsageRecorded, tenantId);
    return told.filter((event) => event.aggregateId === callId).map((event) => event.payload);
  }

  /** The names of the events told of a call, in order. */
  async toldOf(callId: string): Promise<string[]> {
    const rows = await this.service.rows('select event_type from domain_events where aggregate_id = $1 order by aggregate_sequence', [callId]);
    return rows.map((row) => (row.event_type as string).replace('voice-calls.call.', ''));
  }

  /** The calls that the carrier ever placed to a number. */
  async atCarrier(to: string): Promise<CarrierSideCall[]> {
    const answer = await fetch(`${this.carrier.url}/_local/calls`);
    const { calls } = (await answer.json()) as { calls: CarrierSideCall[] };
    return calls.filter((call) => call.to === to);
  }
}

/** The nth number whose calls end as told. */
export function numberMeeting(outcome: CallOutcome, nth = 0): string {
  const numbers = Array.from({ length: 4_000 }, (_, n) => `+1415555${String(n).padStart(4, '0')}`);
  return numbers.filter((number) => outcomeOf(SEED, number) === outcome)[nth]!;
}

function settings(publicUrl: string, carrierUrl: string): Record<string, string> {
  return {
    VOICE_CALLS_PUBLIC_URL: publicUrl,
    VOICE_CALLS_LINK_SECRET: 'a secret for tests only',
    VOICE_CALLS_CARRIER_URL: carrierUrl,
    VOICE_CALLS_CARRIER_ACCOUNT_SID: ACCOUNT_SID,
    VOICE_CALLS_CARRIER_AUTH_TOKEN: AUTH_TOKEN,
    VOICE_CALLS_CARRIER_TIMEOUT_MS: '1000',
    VOICE_CALLS_UNKNOWN_DIAL_GRACE_MS: '3000',
    VOICE_CALLS_TRANSCRIPT_GRACE_MS: '2000',
    VOICE_CALLS_CALL_CHECK_MS: '60000',
    VOICE_CALLS_POLL_MS: '50',
  };
}
