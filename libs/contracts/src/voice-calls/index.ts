import { backboneOperations } from '../platform/backbone.operations.js';
import * as events from './voice-calls.events.js';
import * as calls from './voice-calls.operations.js';

export * from './voice-calls.events.js';
export * from './voice-calls.operations.js';

export const voiceCallsOperations = {
  createVoiceAgent: calls.createVoiceAgent,
  listVoiceAgents: calls.listVoiceAgents,
  addVoiceNumber: calls.addVoiceNumber,
  listVoiceNumbers: calls.listVoiceNumbers,
  placeCall: calls.placeCall,
  getCall: calls.getCall,
  listCalls: calls.listCalls,
  getTranscript: calls.getTranscript,
  receiveCallStatus: calls.receiveCallStatus,
  receiveTranscription: calls.receiveTranscription,
  ...backboneOperations('voice-calls'),
};

export const voiceCallsEvents = [
  events.callQueued,
  events.callRinging,
  events.callAnswered,
  events.callCompleted,
  events.callFailed,
  events.callAnalyzed,
  events.callUsageRecorded,
];
