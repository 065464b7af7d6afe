import { describe, expect, it } from 'vitest';
import { DEFAULT_STAGES } from '../pipeline/rules/default-stages.js';
import { VERTICALS, type Vertical } from '../pipeline/rules/pipeline-vertical.js';
import { CALL_DISPOSITIONS, type CallDisposition } from './call-outcomes.js';
import { scoreAfterCall, type CallAnalysis } from './score-after-call.js';

const call = (disposition: CallDisposition, more: Partial<CallAnalysis> = {}): CallAnalysis => ({
  disposition, sentiment: 'neutral', scoreDelta: 0, wantsAppointment: false, budget: null, ...more,
});

describe('scoreAfterCall', () => {
  it.each<[CallDisposition, string | null, string | null, string | null]>([
    ['appointment_requested', 'qualified', 'agendado', 'profile_review'],
    ['interested', 'qualified', 'perfilamiento', 'profile_review'],
    ['callback_requested', 'contacted', null, null],
    ['undecided', 'contacted', null, null],
    ['price_objection', 'contacted', null, null],
    ['already_has_provider', 'contacted', null, null],
    ['not_interested', 'contacted', null, null],
    ['gatekeeper', null, null, null],
    ['voicemail', null, null, null],
    ['no_conversation', null, null, null],
    ['wrong_person', null, null, null],
    ['do_not_call', 'lost', 'perdido', 'withdrawn'],
  ])('%s proposes %s, %s, %s', (disposition, ...stages) => {
    expect(VERTICALS.map((vertical) => scoreAfterCall(30, call(disposition), vertical).proposedStage)).toEqual(stages);
  });

  it('proposes only stages that the vertical is seeded with', () => {
    for (const vertical of VERTICALS) {
      const keys = [null, ...DEFAULT_STAGES[vertical].map(({ key }) => key)];
      for (const disposition of CALL_DISPOSITIONS) {
        for (const wantsAppointment of [true, false]) {
          expect(keys).toContain(scoreAfterCall(50, call(disposition, { wantsAppointment }), vertical).proposedStage);
        }
      }
    }
  });

  it.each<[CallDisposition, Vertical, string]>([
    ['interested', 'broker', 'agendado'], ['price_objection', 'sales', 'qualified'], ['do_not_call', 'broker', 'perdido'],
  ])('%s with a wish for an appointment (%s) proposes %s', (disposition, vertical, stage) => {
    expect(scoreAfterCall(30, call(disposition, { wantsAppointment: true }), vertical).proposedStage).toBe(stage);
  });

  it.each<[number, CallDisposition, number, number, string]>([
    [10, 'interested', 10, 20, 'cold'],
    [10, 'interested', 11, 21, 'warm'],
    [40, 'interested', 10, 50, 'warm'],
    [40, 'interested', 11, 51, 'hot'],
    [90, 'appointment_requested', 30, 100, 'hot'],
    [10, 'not_interested', -20, 0, 'cold'],
    [95, 'do_not_call', -30, 20, 'cold'],
    [40, 'do_not_call', -30, 10, 'cold'],
    [40, 'interested', 500, 70, 'hot'],
    [40, 'undecided', Number.NaN, 40, 'warm'],
  ])('%i, %s, %i: %i and %s', (previous, disposition, scoreDelta, score, temperature) => {
    expect(scoreAfterCall(previous, call(disposition, { scoreDelta }), 'sales')).toMatchObject({ score, temperature });
  });

  it('says why', () => {
    const heard = call('interested', { sentiment: 'positive', scoreDelta: 19, wantsAppointment: true, budget: '25000' });
    expect(scoreAfterCall(30, heard, 'sales').evidence).toEqual([
      'Call ended as interested, positive: +19', 'Asked for an appointment', 'Named a budget of 25000',
    ]);
  });
});
