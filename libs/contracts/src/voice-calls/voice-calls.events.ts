import { defineEvent } from '../declare/event.js';
import { Field } from '../declare/field.js';
import { choice, integer, list, number, object, record, text, timestamp, uuid } from '../declare/field-types.js';
import { UsageRecorded } from '../platform/usage.js';
import { CALL_STATUSES, DISPOSITIONS } from './voice-calls.operations.js';

/** What a call is about, in each of its events. */
export class CallSubject {
  @Field(uuid(), { nullable: true }) leadId: string | null;
  @Field(uuid(), { nullable: true }) campaignId: string | null;
  @Field(uuid(), { nullable: true, description: 'The enrolment.' }) campaignLeadId: string | null;
  @Field(uuid(), { nullable: true }) campaignStepId: string | null;
  @Field(text({ max: 20 })) to: string;
}

export class CallEnded extends CallSubject {
  @Field(choice(CALL_STATUSES)) status: string;
  @Field(text({ max: 200 }), { nullable: true }) endReason: string | null;
  @Field(integer({ min: 0 })) durationSeconds: number;
}

export class AppointmentWish {
  @Field(timestamp(), { nullable: true, description: 'Null when no moment was agreed.' }) startsAt: string | null;
  @Field(text({ max: 300 }), { description: 'As it was said.' }) phrase: string;
}

export class CallAnalyzed extends CallSubject {
  @Field(text({ max: 4000 })) summary: string;
  @Field(choice(['positive', 'neutral', 'negative'])) sentiment: string;
  @Field(number({ min: -1, max: 1 })) sentimentScore: number;
  @Field(choice(DISPOSITIONS)) disposition: string;
  @Field(choice(['hot', 'warm', 'cold'])) leadCategory: string;
  @Field(integer({ min: -30, max: 30 })) scoreDelta: number;
  @Field(object(() => AppointmentWish), { nullable: true }) appointment: AppointmentWish | null;
  @Field(record()) extraction: Record<string, unknown>;
  @Field(list(text({ max: 300 }), { max: 20 })) objections: string[];
}

export const callQueued = defineEvent('voice-calls', 'call', 'queued', { summary: 'A call waits to be dialled.', payload: CallSubject });
export const callRinging = defineEvent('voice-calls', 'call', 'ringing', { summary: 'It rings at the callee.', payload: CallSubject });
export const callAnswered = defineEvent('voice-calls', 'call', 'answered', { summary: 'Somebody answered.', payload: CallSubject });
export const callCompleted = defineEvent('voice-calls', 'call', 'completed', { summary: 'A conversation (or a voicemail) ended.', payload: CallEnded });
export const callFailed = defineEvent('voice-calls', 'call', 'failed', { summary: 'A call ended without a conversation.', payload: CallEnded });
export const callAnalyzed = defineEvent('voice-calls', 'call', 'analyzed', { summary: 'The transcript of a call was read.', payload: CallAnalyzed });
export const callUsageRecorded = defineEvent('voice-calls', 'call', 'usage-recorded', { summary: 'What a call used.', payload: UsageRecorded });
