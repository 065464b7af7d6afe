import { describe, expect, it } from 'vitest';
import type { Extraction } from './call-analyser.port.js';
import { OfflineAnalyser } from './offline-analyser.js';
import { numberOf, spokenDigits } from './spoken-numbers.js';
import { timesInDigits } from './spoken-times.js';
import { linesOf, sampleContext } from './transcript-samples.js';

const read = (talk: string) => new OfflineAnalyser().analyse(linesOf(talk), sampleContext);
type Key = Exclude<keyof Extraction, 'appointment' | 'objections'>;
const heard = async (talk: string, key: Key) => (await read(talk)).extraction[key]?.value;

describe('budgets, in words and in digits', () => {
  it.each([
    ['we have a budget of twenty five thousand dollars', { amount: '25000', currency: 'USD' }],
    ['Our budget is $12,500.', { amount: '12500', currency: 'USD' }],
    ['we could spend up to 25k', { amount: '25000' }],
    ['somewhere between ten and fifteen thousand pounds', { amount: '15000', currency: 'GBP' }],
    ['I can go to two grand, two and a half hundred is too little. Budget is two grand.', { amount: '2000' }],
    ['half a million euros is what we set aside', { amount: '500000', currency: 'EUR' }],
    ['We were thinking 900 € a month', { amount: '900', currency: 'EUR' }],
    ['about 1.5 million dollars', { amount: '1500000', currency: 'USD' }],
    ['fifteen hundred bucks, max', { amount: '1500', currency: 'USD' }],
    ['budget is five thousand dollars, no wait, six thousand dollars', { amount: '6000', currency: 'USD' }],
    ['You said 5000 dollars and that is too much', undefined],
    ['I am currently paying 200 dollars', undefined],
    ['we have forty people and three offices', undefined],
    ['call me at nine thirty', undefined],
  ])('%s', async (said, budget) => {
    expect(await heard(`C: ${said}`, 'budget')).toEqual(budget);
  });

  it('never come from the side that sells', async () => {
    expect(await heard('B: So your budget is 5000 dollars?\nC: Hm.', 'budget')).toBeUndefined();
  });
});

describe('ways to reach someone', () => {
  it.each([
    ["it's jane dot doe at example dot com", 'jane.doe@example.com'],
    ['my email is j-a-n-e at acme dot co dot uk', 'jane@acme.co.uk'],
    ['Write to Bob_Smith+x@Kestrel.io please', 'bob_smith+x@kestrel.io'],
    ['that would be info at north dash wind dot de', 'info@north-wind.de'],
    ['t o m underscore b at gmail dot com', 'tom_b@gmail.com'],
    ['look at our site dot com is down', undefined],
    ['I am at work', undefined],
  ])('mail: %s', async (said, email) => {
    expect(await heard(`C: ${said}`, 'email')).toBe(email);
  });

  it.each([
    ['my cell is five one two, five five five, oh one double two', '+15125550122'],
    ['my cell is two one two, seven three six, five thousand', undefined],
    ['reach me at 212-736-5000', '+12127365000'],
    ['two one two, seven three six, five zero double zero', '+12127365000'],
    ['plus four four two oh, seven nine four six, oh nine five eight', '+442079460958'],
    ['I have 3 kids and 2 dogs', undefined],
  ])('phone: %s', async (said, phone) => {
    expect(await heard(`C: ${said}`, 'phone')).toBe(phone);
  });

  it.each([
    ['Hi, this is Jane Doe speaking.', 'Jane Doe'],
    ['my name is priya', 'Priya'],
    ["I'm Tom from accounting", 'Tom'],
    ['This is ridiculous', undefined],
    ["I'm not Jane", undefined],
    ["I'm busy", undefined],
  ])('name: %s', async (said, name) => {
    expect(await heard(`C: ${said}`, 'name')).toBe(name);
  });
});

describe('who decides, when, and whom else to ask', () => {
  it.each([
    ['I own the company so it is up to me', 'decisionMaker', true],
    ["That's not my decision, I need to ask my boss", 'decisionMaker', false],
    ['nice weather', 'decisionMaker', undefined],
    ['We want to start in the next three months', 'timeline', 'in the next three months'],
    ['Our contract runs out by the end of march', 'timeline', 'by the end of march'],
    ['we need it asap', 'timeline', 'asap'],
    ['call me back next week', 'timeline', undefined],
    ['You should talk to Robert Miller', 'referral', 'Robert Miller'],
    ["You'd want our office manager, Linda", 'referral', 'Linda'],
    ['talk to my husband', 'referral', 'Husband'],
    ['call me Monday', 'referral', undefined],
  ] as [string, Key, unknown][])('%s', async (said, key, value) => {
    expect(await heard(`C: ${said}`, key)).toBe(value);
  });
});

describe('what comes of it', () => {
  const talk = `B: May I ask about your roof?
C: Sure, this is Jane Doe. I own the house. How much would panels cost?
B: About twenty thousand.
C: Our budget is 25 thousand dollars. Is this a scam by the way?
B: No! Wednesday at 3?
C: Works for me.`;

  it('names the line for each thing found', async () => {
    const { extraction } = await read(talk);
    expect(extraction.budget!.evidence).toMatchObject({ line: 3, offsetMs: 12_000 });
    expect(extraction.appointment.evidence!.line).toBe(5);
    expect(extraction.objections.map(({ value, evidence }) => [value, evidence.line])).toEqual([['trust', 3]]);
  });

  it('composes two sentences and a score from it', async () => {
    const found = await read(talk);
    expect(found).toMatchObject({ disposition: 'appointment_requested', leadCategory: 'hot', scoreDelta: 28 });
    expect(found.summary).toMatch(/^Jane Doe asked for an appointment for Wednesday 11 March, 15:00, in a \w+ mood\. Learnt: a budget of 25000 USD/);
  });

  it('keeps the hour across the change of the clocks', async () => {
    const winter = { callStartedAt: new Date('2026-03-06T15:00:00Z'), timeZone: 'America/New_York' };
    const found = await new OfflineAnalyser().analyse(linesOf('C: Can we meet Monday at 3 pm?'), winter);
    expect(found.extraction.appointment.startsAt).toBe('2026-03-09T19:00:00.000Z');
  });

  it('is less sure of what was poorly heard', async () => {
    const lines = linesOf('C: Can we meet Thursday at 3 pm?');
    const clear = await new OfflineAnalyser().analyse(lines, sampleContext);
    const poor = await new OfflineAnalyser().analyse(lines.map((line) => ({ ...line, confidence: 0.4 })), sampleContext);
    expect(poor.extraction.appointment.confidence).toBeLessThan(clear.extraction.appointment.confidence);
  });
});

describe('spoken numbers and times', () => {
  it.each([
    ['twenty five thousand', 25_000], ['two hundred and fifty', 250], ['1.5 million', 1_500_000], ['25k', 25_000],
    ['a couple of thousand', 2_000], ['half a million', 500_000], ['three thousand four hundred', 3_400], ['banana', undefined],
  ])('%s', (said, value) => expect(numberOf(said)).toBe(value));

  it.each([
    ['half past ten', 'at 10:30'], ['quarter to three', 'at 2:45'], ['quarter to one', 'at 12:45'], ["four o'clock", 'at 4:00'],
    ['nine thirty', 'at 9:30'], ['three pm', 'at 3 pm'], ['the twenty first', 'the 21st'], ['the twelfth', 'the 12th'],
    ['at five thousand', 'at five thousand'], ['two kids', 'two kids'],
  ])('%s', (said, written) => expect(timesInDigits(said)).toBe(written));

  it('double and triple digits', () => {
    expect(spokenDigits('five one two double five five oh one double two')).toBe('5125550122 ');
  });
});
