import { describe, expect, it } from 'vitest';
import { decideStep, type StepSituation } from './step-decision.js';

const due: StepSituation = {
  status: 'active', campaignStatus: 'running', stepType: 'email_send', config: {}, email: 'a@b.example', phone: '+1', suppressed: false, intent: null,
};

describe('what to do with an enrolment that is due', () => {
  it.each([
    ['mails', {}, { do: 'mail' }],
    ['mails again after a refusal for now', { intent: 'deferred' }, { do: 'mail' }],
    ['looks up an intent without an outcome before any gate', { intent: 'queued', campaignStatus: 'paused', suppressed: true }, { do: 'resolve' }],
    ['lets an ended one rest', { status: 'stopped' }, { do: 'rest' }],
    ['lets a held one rest', { status: 'held' }, { do: 'rest' }],
    ['gives it back while the campaign is paused', { campaignStatus: 'paused' }, { do: 'release' }],
    ['stops a suppressed one, also in a delay', { stepType: 'delay', suppressed: true }, { do: 'stop', reason: 'suppressed' }],
    ['passes a lead without an address', { email: null }, { do: 'skip', reason: 'the lead has no mail address' }],
    ['passes a lead without a phone', { stepType: 'voice_agent_call', phone: null }, { do: 'skip', reason: 'the lead has no phone number' }],
    ['calls', { stepType: 'voice_agent_call' }, { do: 'call' }],
    ['begins a delay', { stepType: 'delay', config: { seconds: 5 } }, { do: 'wait', seconds: 5 }],
    ['ends a delay', { stepType: 'delay', status: 'waiting', config: { seconds: 5 } }, { do: 'finish' }],
  ] as [string, Partial<StepSituation>, object][])('%s', (_, given, decision) => {
    expect(decideStep({ ...due, ...given }, false)).toEqual(decision);
  });

  it('passes the gates again before it sends what was never taken', () => {
    expect(decideStep({ ...due, intent: 'queued' }, true)).toEqual({ do: 'mail' });
    expect(decideStep({ ...due, intent: 'queued', status: 'stopped' }, true)).toEqual({ do: 'rest' });
    expect(decideStep({ ...due, intent: 'queued', campaignStatus: 'paused' }, true)).toEqual({ do: 'release' });
  });
});
