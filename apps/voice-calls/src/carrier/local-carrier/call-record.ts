import { randomBytes } from 'node:crypto';
import type { CallOutcome } from './call-outcome.js';
import type { TwimlScript } from './twiml-script.js';

export type LocalCallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

export const finalStatuses: ReadonlySet<LocalCallStatus> = new Set([
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
]);

export interface CallOrder {
  to: string;
  from: string;
  script: TwimlScript;
  statusCallback: { url: string; events: ReadonlySet<string> } | null;
  timeoutSeconds: number;
  machineDetection: 'Enable' | 'DetectMessageEnd' | null;
}

export interface CallRecord extends CallOrder {
  sid: string;
  outcome: CallOutcome;
  status: LocalCallStatus;
  answeredBy: string | null;
  persona: string | null;
  dateCreated: Date;
  dateUpdated: Date;
  startTime: Date | null;
  endTime: Date | null;
  /** Seconds of the call's own clock; null until it has ended. */
  duration: number | null;
  sipResponseCode: number | null;
}

export const newSid = (prefix: 'CA' | 'GT') => prefix + randomBytes(16).toString('hex');

export function newCall(order: CallOrder, outcome: CallOutcome, now = new Date()): CallRecord {
  return {
    ...order,
    sid: newSid('CA'),
    outcome,
    status: 'queued',
    answeredBy: null,
    persona: null,
    dateCreated: now,
    dateUpdated: now,
    startTime: null,
    endTime: null,
    duration: null,
    sipResponseCode: null,
  };
}
