/** What voice-calls needs of a telephone carrier. Every expected failure is a value, never a throw. */
export interface Carrier {
  /** Asks the carrier to dial. Never repeated by the adapter: on `unknown-outcome` ask `findCalls` first. */
  placeCall(request: PlaceCallRequest): Promise<PlacedCall | CarrierFailure>;
  /** Calls between two numbers created at or after an instant, newest first: resolves an unknown outcome. */
  findCalls(query: FindCallsQuery): Promise<FoundCall[] | CarrierFailure>;
  fetchCall(sid: string): Promise<CarrierCall | CarrierFailure>;
  /** Ends a call that is ringing or under way; a call that has ended already is `rejected`. */
  hangUp(sid: string): Promise<CarrierCall | CarrierFailure>;
  /** True only when the carrier signed exactly this URL with exactly these form parameters. */
  verifySignature(callback: SignedCallback): boolean;
}

export interface PlaceCallRequest {
  /** Our own id of the call; it does not travel, put it in `statusCallbackUrl`. */
  callId: string;
  /** E.164 */
  from: string;
  /** E.164 */
  to: string;
  twiml: string;
  statusCallbackUrl: string;
  /** Seconds the telephone may ring, 5 to 600. */
  timeoutSeconds: number;
  /** `detect-message-end` waits for the beep of an answering machine before the TwiML runs. */
  machineDetection: 'off' | 'enable' | 'detect-message-end';
}

export interface FindCallsQuery {
  to: string;
  from: string;
  startedAfter: Date;
}

export interface SignedCallback {
  /** The full URL as the carrier was given it, with its query. */
  url: string;
  params: Record<string, string | string[]>;
  /** The `X-Twilio-Signature` header; undefined when it is missing. */
  signature: string | undefined;
}

export type CarrierCallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

export interface PlacedCall {
  sid: string;
}

export interface FoundCall {
  sid: string;
  status: CarrierCallStatus;
  dateCreated: Date;
}

export interface CarrierCall extends FoundCall {
  from: string;
  to: string;
  answeredBy: string | null;
  /** Seconds; null until the call has ended. */
  durationSeconds: number | null;
}

/**
 * `rejected`: the carrier said no, the same request will be refused again.
 * `unavailable`: nothing was done, the same request may be tried later.
 * `unknown-outcome`: the request left us and no answer came; it may have been done.
 */
export interface CarrierFailure {
  failed: 'rejected' | 'unavailable' | 'unknown-outcome';
  /** The carrier's own number (`21211`), an HTTP status, or the socket's error name. */
  code: string;
  message: string;
}

export function isCarrierFailure(result: object): result is CarrierFailure {
  return 'failed' in result;
}
