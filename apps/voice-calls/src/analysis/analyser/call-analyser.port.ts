export interface TranscriptLine {
  speaker: 'bot' | 'customer' | 'agent';
  text: string;
  /** Since the call was answered. */
  offsetMs: number;
  /** How sure the recogniser was, 0–1. */
  confidence: number;
}

export interface CallContext {
  callStartedAt: Date;
  /** IANA zone of the person called: "tomorrow at three" is meant there. */
  timeZone: string;
  leadName?: string;
  /** ISO country whose phone numbers are said without a prefix. Default US. */
  country?: string;
}

export const dispositions = [
  'interested',
  'appointment_requested',
  'callback_requested',
  'not_interested',
  'do_not_call',
  'wrong_person',
  'already_has_provider',
  'price_objection',
  'gatekeeper',
  'voicemail',
  'no_conversation',
  'undecided',
] as const;
export type Disposition = (typeof dispositions)[number];

export type Sentiment = 'positive' | 'neutral' | 'negative';
export type LeadCategory = 'hot' | 'warm' | 'cold';
export type ObjectionKind = 'price' | 'provider' | 'timing' | 'no_need' | 'trust' | 'authority';

/** The line that says it: `line` counts from 0 in the transcript as given. */
export interface Evidence {
  line: number;
  offsetMs: number;
  text: string;
}
export interface Found<T> {
  value: T;
  evidence: Evidence;
}

export interface Budget {
  /** Decimal text in whole units: "25000". Of a range, the upper end. */
  amount: string;
  /** ISO 4217; absent when no currency was named. */
  currency?: string;
}

export interface Appointment {
  wished: boolean;
  /** ISO UTC; absent when a day but no hour, or nothing, was said. */
  startsAt?: string;
  /** The words that say when. */
  phrase?: string;
  /** 0–1: how exactly it was said, times how surely it was heard. */
  confidence: number;
  evidence?: Evidence;
}

export interface Extraction {
  name?: Found<string>;
  email?: Found<string>;
  /** E.164 */
  phone?: Found<string>;
  budget?: Found<Budget>;
  appointment: Appointment;
  objections: Found<ObjectionKind>[];
  timeline?: Found<string>;
  decisionMaker?: Found<boolean>;
  referral?: Found<string>;
}

export interface CallAnalysis {
  summary: string;
  sentiment: Sentiment;
  /** −1 … 1 */
  sentimentScore: number;
  disposition: Disposition;
  dispositionEvidence?: Evidence;
  leadCategory: LeadCategory;
  /** −30 … 30, see lead-category.ts */
  scoreDelta: number;
  extraction: Extraction;
}

/** Reads a finished call. The lines of the person called decide; the others only say what was asked. */
export interface CallAnalyser {
  analyse(transcript: TranscriptLine[], context: CallContext): Promise<CallAnalysis>;
}
