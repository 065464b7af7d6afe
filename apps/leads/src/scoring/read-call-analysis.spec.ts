import { describe, expect, it } from 'vitest';
import { analyzedCall } from './call-analyzed.sample.js';
import { bantAfterCall, readCallAnalysis, wishesAppointment } from './read-call-analysis.js';

const LINE = { line: 0, offsetMs: 0, text: '' };

describe('what a call says of a lead', () => {
  const agreed = { startsAt: '2026-03-03T14:00:00.000Z', phrase: 'Tuesday at three' };

  it.each([
    ['with a moment', { appointment: agreed }, true],
    ['without one', { disposition: 'appointment_requested' }, true],
    ['with a day and no hour', { appointment: { startsAt: null, phrase: 'some day next week' } }, true],
    ['not at all', {}, false],
    ['before a refusal', { appointment: agreed, disposition: 'do_not_call' }, false],
  ])('an appointment %s', (_, payload, wished) => {
    expect(wishesAppointment(analyzedCall(null, payload))).toBe(wished);
  });

  it('a budget, an authority, a need and a timeline, where they were said', () => {
    const extraction = {
      budget: { value: { amount: '25000', currency: 'USD' }, evidence: LINE },
      decisionMaker: { value: true, evidence: LINE },
      timeline: { value: 'this month', evidence: LINE },
    };
    expect(readCallAnalysis(analyzedCall(null, { extraction })).budget).toBe('25000');
    expect(bantAfterCall(analyzedCall(null, { extraction }), false)).toEqual({ budget: true, authority: true, need: true, timeline: true });
    const silent = analyzedCall(null, { disposition: 'undecided', extraction: { budget: null, decisionMaker: { value: false, evidence: LINE } } });
    expect(readCallAnalysis(silent).budget).toBeNull();
    expect(bantAfterCall(silent, false)).toEqual({ budget: false, authority: false, need: false, timeline: false });
    expect(bantAfterCall(silent, true).budget).toBe(true);
  });
});
