import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { B2B_MODEL } from './b2b-model.js';
import { BROKER_MODEL } from './broker-model.js';
import { daysSince } from './days-since.js';
import { qualifyLead } from './qualify-lead.js';
import { scoreLead } from './score-lead.js';
import { temperatureOf, type Facts } from './scoring-model.js';

const perfectBroker = { monthlyIncome: 3_000_000, cleanRecord: true, nameKnown: true, phoneKnown: true, incomeKnown: true, messages: 5, fastReplies: true, activities: 3 };
const perfectB2b = {
  employees: 200, industryFit: true, seniority: 'owner', countryServed: true, companyKnown: true, websiteVisits: 5, pricingViewed: true,
  downloads: 2, budgetStated: true, mailsOpened: 3, mailsClicked: 1, replies: 1, callsAnswered: 1, meetingRequested: true, daysSinceActivity: 0,
};

describe('the broker model', () => {
  it.each<[string, Facts, number]>([
    ['nothing known', {}, 0],
    ['all', perfectBroker, 100],
    ['income 3M', { monthlyIncome: 3_000_000 }, 40],
    ['income 2.999M', { monthlyIncome: 2_999_999 }, 32],
    ['income 2M', { monthlyIncome: 2_000_000 }, 32],
    ['income 1M', { monthlyIncome: 1_000_000 }, 20],
    ['income 500k', { monthlyIncome: 500_000 }, 10],
    ['income 499k', { monthlyIncome: 499_999 }, 0],
    ['a clean record', { cleanRecord: true }, 20],
    ['an accepted debt', { cleanRecord: false, debtAccepted: true }, 8],
    ['a clean record and no debt to accept', { cleanRecord: true, debtAccepted: true }, 20],
    ['name', { nameKnown: true }, 5],
    ['phone', { phoneKnown: true }, 10],
    ['income known', { incomeKnown: true }, 10],
    ['4 messages', { messages: 4 }, 0],
    ['5 messages', { messages: 5 }, 5],
    ['fast replies', { fastReplies: true }, 5],
    ['3 activities', { activities: 3 }, 5],
    ['all, but not to be called', { ...perfectBroker, doNotCall: true }, 70],
    ['all, silent for 59 days', { ...perfectBroker, daysSinceActivity: 59 }, 100],
    ['all, silent for 60 days', { ...perfectBroker, daysSinceActivity: 60 }, 95],
    ['never below zero', { doNotCall: true, nameKnown: true }, 0],
  ])('%s', (_name, facts, score) => expect(scoreLead(BROKER_MODEL, facts).score).toBe(score));
});

describe('the B2B model', () => {
  it('has the published components', () => {
    expect(B2B_MODEL.components.map(({ key, cap, floor }) => [key, cap, floor])).toEqual([
      ['firmographic', 30, 0], ['behaviour', 25, 0], ['engagement', 30, 0], ['recency', 15, -10],
    ]);
    expect(scoreLead(B2B_MODEL, perfectB2b).components.map(({ points }) => points)).toEqual([30, 25, 30, 15]);
  });

  it.each<[number, number]>([[0, 15], [7, 15], [8, 10], [14, 10], [30, 5], [31, 0], [60, 0], [61, -5], [90, -5], [91, -10]])(
    'after %i days of silence gives %i', (daysSinceActivity, points) => {
      const score = scoreLead(B2B_MODEL, { ...perfectB2b, daysSinceActivity });
      expect(score.components.find(({ key }) => key === 'recency')?.points).toBe(points);
    },
  );

  it.each<[string, Facts]>([
    ['A', perfectB2b],
    ['B', { ...perfectB2b, meetingRequested: false, replies: 0, daysSinceActivity: 20 }],
    ['C', { ...perfectB2b, employees: null, industryFit: false, seniority: null, websiteVisits: 0, pricingViewed: false, daysSinceActivity: 45, downloads: 0 }],
    ['D', {}],
  ])('grades %s', (grade, facts) => expect(scoreLead(B2B_MODEL, facts).grade).toBe(grade));
});

describe('scoreLead', () => {
  it('says why for every point', () => {
    const score = scoreLead(BROKER_MODEL, { monthlyIncome: 2_500_000, nameKnown: true, doNotCall: true });
    expect(score.evidence.map(({ component, text }) => `${component}: ${text}`)).toEqual([
      'financial: Monthly income 2500000: +32', 'profile: Name known: +5', 'penalties: Asked not to be called: -30',
    ]);
    expect(score).toMatchObject({ score: 7, temperature: 'cold', grade: null });
  });

  it.each([BROKER_MODEL, B2B_MODEL])('$key stays in its bounds and explains its sum for any facts', (model) => {
    const names = model.components.flatMap(({ rules }) => rules.flatMap((rule) => ('firstOf' in rule ? rule.firstOf : [rule]).map(({ fact }) => fact)));
    const value = fc.oneof(fc.boolean(), fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.constantFrom('owner', 'toString'));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (facts) => {
        const { score, components, evidence } = scoreLead(model, facts);
        expect(score).toBe(Math.max(0, Math.min(100, components.reduce((sum, { points }) => sum + points, 0))));
        for (const { key, points, cap, floor } of components) {
          const explained = evidence.filter(({ component }) => component === key).reduce((sum, one) => sum + one.points, 0);
          expect(points).toBe(Math.max(floor, Math.min(cap, explained)));
        }
      }),
      { seed: 41 },
    );
  });

  it.each([[0, 'cold'], [20, 'cold'], [21, 'warm'], [50, 'warm'], [51, 'hot'], [100, 'hot']])('%i is %s', (score, temperature) => {
    expect(temperatureOf(score)).toBe(temperature);
  });
});

describe('qualifyLead', () => {
  const bant = (known: number) => ({ budget: known > 0, authority: known > 1, need: known > 2, timeline: known > 3 });
  it.each<[number, number, string]>([[39, 4, 'new'], [40, 0, 'mql'], [69, 4, 'mql'], [70, 2, 'mql'], [70, 3, 'sql'], [100, 4, 'sql']])(
    'score %i with %i of BANT is %s', (score, known, wanted) => expect(qualifyLead(score, bant(known))).toBe(wanted),
  );
});

describe('daysSince', () => {
  it.each([
    ['2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', 0], ['2026-03-01T00:00:00Z', '2026-03-08T00:00:00Z', 7],
    ['2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z', null], [null, '2026-03-01T00:00:00Z', null],
  ])('%s as of %s: %s', (instant, asOf, days) => expect(daysSince(instant, asOf)).toBe(days));
});
