import type { ApiClient } from './api-client.js';
import type { Report } from './report.js';
import type { StandIn } from './stand-in.js';

/** Points of the journey at which somebody may interfere. */
export type Moment = 'importing' | 'embedding' | 'mailing' | 'calling';

/** Told how far the journey is. */
export interface JourneyObserver {
  reached(moment: Moment): void;
  /** Called before the invariants are checked; what was begun must be over. */
  finished(): Promise<void>;
}

/** Where the journey goes and what it takes along. */
export interface JourneyOptions {
  readonly url: string;
  readonly carrierUrl: string;
  readonly paymentsUrl: string;
  readonly mailUrl: string;
  readonly mailSmtpPort: number;
  readonly leadsFile: string;
  /** How many leads of the segment take part. */
  readonly segmentSize: number;
  readonly observer: JourneyObserver;
}

/** A journey under way: who travels, what it has seen. */
export interface Journey {
  readonly options: JourneyOptions;
  readonly api: ApiClient;
  readonly mail: StandIn;
  readonly carrier: StandIn;
  readonly payments: StandIn;
  readonly report: Report;
}
