import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, hasEnded, type CallFact, type CallStatus, type CarrierReport } from './call-status.js';

const report = (status: string, change: Partial<CarrierReport> = {}): CarrierReport => ({ status, answeredBy: null, sipResponseCode: null, ...change });

function run(reports: CarrierReport[]): { status: CallStatus; facts: CallFact[] } {
  let status: CallStatus = 'dialling';
  const facts: CallFact[] = [];
  for (const said of reports) {
    const step = advance(status, said);
    if (!step) continue;
    status = step.status;
    facts.push(...step.facts);
  }
  return { status, facts };
}

describe('the state of a call', () => {
  it.each<[string, Partial<CarrierReport>, CallStatus, string | null]>([
    ['initiated', {}, 'dialling', null],
    ['ringing', {}, 'ringing', null],
    ['in-progress', {}, 'in_progress', null],
    ['completed', { answeredBy: 'human' }, 'completed', 'conversation-ended'],
    ['completed', { answeredBy: 'machine_end_beep' }, 'voicemail', 'voicemail'],
    ['completed', { answeredBy: 'fax' }, 'voicemail', 'voicemail'],
    ['completed', { answeredBy: 'unknown' }, 'completed', 'conversation-ended'],
    ['busy', { sipResponseCode: '486' }, 'busy', 'busy'],
    ['busy', { sipResponseCode: '603' }, 'rejected', 'rejected'],
    ['no-answer', {}, 'no_answer', 'no-answer'],
    ['failed', {}, 'failed', 'unreachable'],
    ['canceled', {}, 'cancelled', 'cancelled'],
  ])('%s %o is %s', (status, change, expected, endReason) => {
    expect(advance('queued', report(status, change))).toMatchObject({ status: expected, endReason });
  });

  it('goes nowhere by a word it does not know', () => {
    expect(advance('dialling', report('teleported'))).toBeUndefined();
  });

  it('tells each fact once and ends the same, in whatever order and however often it is told', () => {
    const told = ['initiated', 'ringing', 'in-progress', 'completed'].map((status) => report(status));
    const anyOrder = fc.array(fc.constantFrom(...told), { maxLength: 12 }).chain((extra) => fc.shuffledSubarray([...told, ...extra], { minLength: told.length + extra.length }));
    fc.assert(
      fc.property(anyOrder, (reports) => {
        expect(run(reports)).toEqual({ status: 'completed', facts: ['ringing', 'answered', 'completed'] });
      }),
      { seed: 7 },
    );
  });

  it('never leaves an end', () => {
    const words = ['initiated', 'ringing', 'in-progress', 'completed', 'busy', 'no-answer', 'failed', 'canceled'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), fc.constantFrom('completed', 'busy', 'failed', 'no-answer'), (later, end) => {
        const ended = run([report(end)]);
        expect(hasEnded(ended.status)).toBe(true);
        expect(run([report(end), ...later.map((word) => report(word))])).toEqual(ended);
      }),
      { seed: 7 },
    );
  });
});
