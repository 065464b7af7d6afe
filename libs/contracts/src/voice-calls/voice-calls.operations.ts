import { defineProblem, Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, integer, list, number, object, record, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';
import { RawRequest } from '../declare/shared-shapes.js';

export const CALL_STATUSES = ['queued', 'dialling', 'ringing', 'in_progress', 'completed', 'no_answer', 'busy', 'rejected', 'voicemail', 'failed', 'cancelled'] as const;
export const DISPOSITIONS = ['interested', 'appointment_requested', 'callback_requested', 'not_interested', 'do_not_call', 'wrong_person', 'already_has_provider', 'price_objection', 'gatekeeper', 'voicemail', 'no_conversation', 'undecided'] as const;

export const CallProblems = {
  unknownAgent: defineProblem('voice-calls.unknown-agent', 400, 'The tenant has no such voice agent.', 'Create the agent first.'),
  unknownNumber: defineProblem('voice-calls.unknown-number', 400, 'The tenant has no such number.', 'Add the number first.'),
  numberTaken: defineProblem('voice-calls.number-taken', 409, 'The number is in use already.', 'Use another number.'),
  badCallee: defineProblem('voice-calls.bad-callee', 400, 'The number to call is not valid.', 'Give it as E.164, as in +14155550123.'),
  badSignature: defineProblem('voice-calls.bad-webhook-signature', 401, 'The signature of the callback does not fit.', "Sign it with the carrier account's token."),
};

export class CreateVoiceAgent {
  @Field(text({ min: 1, max: 100 })) name: string;
  @Field(text({ min: 1, max: 10_000 }), { description: 'How the agent is to behave.' }) instructions: string;
  @Field(text({ min: 1, max: 1_000 }), { description: 'Liquid: leadName, companyName.', example: 'Hello {{ leadName }}, this is Mia from Acme Homes. Do you have a minute?' })
  openingLine: string;
  @Field(list(text({ min: 1, max: 1_000 }), { max: 10 }), { description: 'What the agent goes on to say, in order.' }) talkingPoints: string[];
  @Field(text({ min: 2, max: 10 }), { optional: true, default: 'en' }) language?: string;
  @Field(integer({ min: 1, max: 60 }), { optional: true, default: 5, description: 'Longest call; the worst case that is reserved.' }) maxMinutes?: number;
}

export class VoiceAgentView extends CreateVoiceAgent {
  @Field(uuid()) id: string;
  @Field(timestamp()) createdAt: string;
}

export class VoiceAgentPage extends pageOf(VoiceAgentView) {}

export class AddVoiceNumber {
  @Field(text({ min: 8, max: 20, pattern: /^\+[1-9]\d{6,14}$/ }), { example: '+14155550100' }) number: string;
  @Field(uuid(), { optional: true }) defaultAgentId?: string;
}

export class VoiceNumberView {
  @Field(uuid()) id: string;
  @Field(text({ max: 20 })) number: string;
  @Field(choice(['twilio'])) provider: string;
  @Field(uuid(), { nullable: true }) defaultAgentId: string | null;
  @Field(timestamp()) createdAt: string;
}

export class VoiceNumberPage extends pageOf(VoiceNumberView) {}

export class PlaceCall {
  @Field(uuid()) agentId: string;
  @Field(uuid()) fromNumberId: string;
  @Field(text({ min: 8, max: 20, pattern: /^\+[1-9]\d{6,14}$/ })) to: string;
  @Field(uuid(), { optional: true }) leadId?: string;
  @Field(text({ max: 200 }), { optional: true }) leadName?: string;
}

export class CallId {
  @Field(uuid()) callId: string;
}

export class CallAnalysisView {
  @Field(text({ max: 4000 })) summary: string;
  @Field(choice(['positive', 'neutral', 'negative'])) sentiment: string;
  @Field(choice(DISPOSITIONS)) disposition: string;
  @Field(choice(['hot', 'warm', 'cold'])) leadCategory: string;
  @Field(integer({ min: -30, max: 30 })) scoreDelta: number;
  @Field(record(), { description: 'Name, mail, budget, appointment, objections … with the line each came from.' }) extraction: Record<string, unknown>;
}

export class CallView {
  @Field(uuid()) id: string;
  @Field(uuid(), { nullable: true }) leadId: string | null;
  @Field(uuid(), { nullable: true }) campaignId: string | null;
  @Field(text({ max: 20 })) to: string;
  @Field(choice(CALL_STATUSES)) status: string;
  @Field(text({ max: 200 }), { nullable: true }) endReason: string | null;
  @Field(integer({ min: 0 }), { nullable: true }) durationSeconds: number | null;
  @Field(object(() => CallAnalysisView), { nullable: true }) analysis: CallAnalysisView | null;
  @Field(timestamp()) createdAt: string;
  @Field(timestamp(), { nullable: true }) endedAt: string | null;
}

export class CallPage extends pageOf(CallView) {}

export class ListCalls extends PageQuery {
  @Field(choice(CALL_STATUSES), { optional: true }) status?: string;
  @Field(uuid(), { optional: true }) campaignId?: string;
  @Field(uuid(), { optional: true }) leadId?: string;
}

export class TranscriptLineView {
  @Field(integer({ min: 0 })) line: number;
  @Field(choice(['bot', 'customer', 'agent'])) speaker: string;
  @Field(text({ max: 4000 })) text: string;
  @Field(integer({ min: 0 })) offsetMs: number;
  @Field(number({ min: 0, max: 1 })) confidence: number;
}

export class Transcript {
  @Field(list(object(() => TranscriptLineView), { max: 2000 })) lines: TranscriptLineView[];
}

export class CarrierCallback extends RawRequest {
  @Field(text({ min: 1, max: 500 })) token: string;
}

export const createVoiceAgent = defineOperation<CreateVoiceAgent, VoiceAgentView>('voice-calls', 'create-voice-agent', {
  summary: 'Create a voice agent',
  input: CreateVoiceAgent,
  answer: VoiceAgentView,
  access: 'voice:manage',
  effect: 'write',
  http: { method: 'POST', path: '/v1/voice-agents', status: 201 },
});

export const listVoiceAgents = defineOperation<PageQuery, Page<VoiceAgentView>>('voice-calls', 'list-voice-agents', {
  summary: 'List voice agents',
  input: PageQuery,
  answer: VoiceAgentPage,
  access: 'calls:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/voice-agents' },
});

export const addVoiceNumber = defineOperation<AddVoiceNumber, VoiceNumberView>('voice-calls', 'add-voice-number', {
  summary: 'Add a number to call from',
  input: AddVoiceNumber,
  answer: VoiceNumberView,
  access: 'voice:manage',
  effect: 'write',
  http: { method: 'POST', path: '/v1/voice-numbers', status: 201 },
  problems: [CallProblems.numberTaken, CallProblems.unknownAgent],
});

export const listVoiceNumbers = defineOperation<PageQuery, Page<VoiceNumberView>>('voice-calls', 'list-voice-numbers', {
  summary: 'List numbers',
  input: PageQuery,
  answer: VoiceNumberPage,
  access: 'calls:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/voice-numbers' },
});

export const placeCall = defineOperation<PlaceCall, CallView>('voice-calls', 'place-call', {
  summary: 'Place a call',
  input: PlaceCall,
  answer: CallView,
  access: 'calls:place',
  effect: 'write',
  http: { method: 'POST', path: '/v1/calls', status: 202 },
  problems: [CallProblems.unknownAgent, CallProblems.unknownNumber, CallProblems.badCallee],
});

export const getCall = defineOperation<CallId, CallView>('voice-calls', 'get-call', {
  summary: 'Read a call',
  input: CallId,
  answer: CallView,
  access: 'calls:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/calls/:callId' },
  problems: [Problems.notFound],
});

export const listCalls = defineOperation<ListCalls, Page<CallView>>('voice-calls', 'list-calls', {
  summary: 'List calls, newest first',
  input: ListCalls,
  answer: CallPage,
  access: 'calls:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/calls' },
});

export const getTranscript = defineOperation<CallId, Transcript>('voice-calls', 'get-transcript', {
  summary: 'What was said in a call, line by line',
  input: CallId,
  answer: Transcript,
  access: 'calls:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/calls/:callId/transcript' },
  problems: [Problems.notFound],
});

function carrierHook(name: string, summary: string) {
  return defineOperation<CarrierCallback>('voice-calls', `receive-${name}`, {
    summary,
    input: CarrierCallback,
    access: 'public',
    effect: 'write',
    http: { method: 'POST', path: `/v1/hooks/carrier/:token/${name}`, status: 204, body: 'raw', headers: ['x-twilio-signature', 'content-type'] },
    problems: [CallProblems.badSignature],
  });
}

export const receiveCallStatus = carrierHook('status', 'Status callback of the carrier (signed as Twilio does)');
export const receiveTranscription = carrierHook('transcription', 'Transcription callback of the carrier (signed as Twilio does)');
