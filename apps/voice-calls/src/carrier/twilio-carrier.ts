import twilio from 'twilio';
import type {
  Carrier,
  CarrierCall,
  CarrierCallStatus,
  CarrierFailure,
  FindCallsQuery,
  FoundCall,
  PlaceCallRequest,
  PlacedCall,
  SignedCallback,
} from './carrier.port.js';
import { carrierFailureFrom } from './carrier-failure.js';
import { TwilioHttpClient } from './twilio-http-client.js';

export interface TwilioCarrierOptions {
  accountSid: string;
  authToken: string;
  /** Another host that speaks the same API, such as the local carrier. */
  baseUrl?: string;
  /** Milliseconds for one request, 15,000 when not given. */
  timeoutMs?: number;
  maxSockets?: number;
}

const machineDetection = { enable: 'Enable', 'detect-message-end': 'DetectMessageEnd' } as const;
type TwilioCall = Awaited<ReturnType<ReturnType<typeof twilio>['calls']['create']>>;

export class TwilioCarrier implements Carrier {
  private readonly client: ReturnType<typeof twilio>;
  private readonly authToken: string;

  constructor(options: TwilioCarrierOptions) {
    const { baseUrl, timeoutMs = 15_000, maxSockets = 50 } = options;
    const httpClient = new TwilioHttpClient({ baseUrl, timeoutMs, maxSockets });
    this.client = twilio(options.accountSid, options.authToken, { httpClient });
    this.authToken = options.authToken;
  }

  async placeCall(request: PlaceCallRequest): Promise<PlacedCall | CarrierFailure> {
    const { machineDetection: detect } = request;
    return this.attempt(async () => {
      const call = await this.client.calls.create({
        from: request.from,
        to: request.to,
        twiml: request.twiml,
        timeout: request.timeoutSeconds,
        statusCallback: request.statusCallbackUrl,
        statusCallbackMethod: 'POST',
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
        ...(detect === 'off' ? {} : { machineDetection: machineDetection[detect] }),
      });
      if (!call.sid) throw new Error('the carrier accepted the call but named no sid');
      return { sid: call.sid };
    });
  }

  // Filtered here and not by StartTime: a call that still waits in the carrier's queue has no start time.
  async findCalls({ to, from, startedAfter }: FindCallsQuery): Promise<FoundCall[] | CarrierFailure> {
    // The API tells whole seconds only.
    const since = Math.floor(startedAfter.getTime() / 1000) * 1000;
    return this.attempt(async () => {
      const calls = await this.client.calls.list({ to, from, pageSize: 100, limit: 1000 });
      return calls.map(toCarrierCall).filter((call) => call.dateCreated.getTime() >= since);
    });
  }

  async fetchCall(sid: string): Promise<CarrierCall | CarrierFailure> {
    return this.attempt(async () => toCarrierCall(await this.client.calls(sid).fetch()));
  }

  async hangUp(sid: string): Promise<CarrierCall | CarrierFailure> {
    return this.attempt(async () =>
      toCarrierCall(await this.client.calls(sid).update({ status: 'completed' })),
    );
  }

  verifySignature({ url, params, signature }: SignedCallback): boolean {
    return signature !== undefined && twilio.validateRequest(this.authToken, signature, url, params);
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | CarrierFailure> {
    try {
      return await work();
    } catch (error) {
      return carrierFailureFrom(error);
    }
  }
}

function toCarrierCall(call: TwilioCall): CarrierCall {
  return {
    sid: call.sid,
    status: call.status as CarrierCallStatus,
    dateCreated: call.dateCreated,
    from: call.from,
    to: call.to,
    answeredBy: call.answeredBy || null,
    durationSeconds: call.duration ? Number(call.duration) : null,
  };
}
