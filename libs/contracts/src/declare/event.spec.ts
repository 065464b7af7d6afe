import { describe, expect, it } from 'vitest';
import { defineEvent, type EventSpec } from './event.js';
import { Field } from './field.js';
import { text } from './field-types.js';

class Told {
  @Field(text({ max: 20 })) name: string;
}
const told = defineEvent('leads', 'lead', 'told', { summary: 'Told.', payload: Told });
const next = (spec: Partial<EventSpec<Told>>, name = 'told', aggregate = 'lead') =>
  defineEvent('leads', aggregate, name, { summary: 'Told.', payload: Told, ...spec });
const supersedes = { event: told, upcast: (old: Told) => old };

describe('an event', () => {
  it('is version 1, in no hurry and there to stay unless it says otherwise', () => {
    expect(told).toMatchObject({ version: 1, urgent: false, type: 'leads.lead.told', subject: 'ev.leads.lead.told' });
    expect(told).not.toHaveProperty('deprecated');
    expect(next({ urgent: true, deprecated: 'leads.lead.said' })).toMatchObject({ urgent: true, deprecated: 'leads.lead.said' });
  });

  it('has the same type and subject in each version', () => {
    expect(next({ version: 2, supersedes })).toMatchObject({ version: 2, type: told.type, subject: told.subject });
  });

  it.each<[string, () => unknown, string]>([
    ['another event', () => next({ version: 2, supersedes }, 'said'), 'event leads.lead.said v2: it supersedes leads.lead.told, which is another event'],
    ['another aggregate', () => next({ version: 2, supersedes }, 'told', 'deal'), 'event leads.deal.told v2: it supersedes leads.lead.told'],
    ['its own version', () => next({ supersedes }), 'event leads.lead.told v1: it supersedes v1, so its version must be 2'],
    ['a version further back', () => next({ version: 3, supersedes }), 'event leads.lead.told v3: it supersedes v1, so its version must be 2'],
  ])('cannot supersede %s', (_, declare, says) => {
    expect(declare).toThrow(says);
  });

  it.each<[string, () => unknown, string]>([
    ['a version that is no whole number from 1', () => next({ version: 0 }), 'its version must be a whole number from 1'],
    ['a name of two tokens', () => next({}, 'told.twice'), '"told.twice" must be in kebab-case'],
    ['capitals', () => next({}, 'told', 'Lead'), '"Lead" must be in kebab-case'],
    ['an empty advice', () => next({ deprecated: ' ' }), 'deprecated must say what to use instead'],
  ])('cannot have %s', (_, declare, says) => {
    expect(declare).toThrow(says);
  });
});
