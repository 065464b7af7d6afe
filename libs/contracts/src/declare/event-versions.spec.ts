import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSchema } from '../documents/event-schema.js';
import { companionsOf, payloadAs, UnknownEventVersion, versionsOf } from './event-versions.js';
import { defineEvent, type DomainEvent } from './event.js';
import { Field } from './field.js';
import { choice, integer, text } from './field-types.js';

class OneName {
  @Field(text({ min: 1, max: 200 })) name: string;
}
class TwoNames {
  @Field(text({ max: 100 })) first: string;
  @Field(text({ max: 100 })) last: string;
}
class NamesInOrder extends TwoNames {
  @Field(choice(['given-first', 'family-first'])) order: string;
}
class ScoredName extends OneName {
  @Field(integer(), { optional: true }) score?: number;
}

const v1 = defineEvent('leads', 'lead', 'named', { summary: 'Named.', payload: OneName });
const v2 = defineEvent('leads', 'lead', 'named', {
  summary: 'Named.',
  version: 2,
  payload: TwoNames,
  supersedes: {
    event: v1,
    upcast: ({ name }: OneName) => ({ first: name.split(' ')[0]!, last: name.split(' ').slice(1).join(' ') }),
    downcast: ({ first, last }: TwoNames) => ({ name: [first, last].filter(Boolean).join(' ') }),
  },
});
const v3 = defineEvent('leads', 'lead', 'named', {
  summary: 'Named.',
  version: 3,
  payload: NamesInOrder,
  supersedes: {
    event: v2,
    upcast: (old: TwoNames) => ({ ...old, order: 'given-first' }),
    downcast: ({ first, last }: NamesInOrder) => ({ first, last }),
  },
});
const v3Alone = defineEvent('leads', 'lead', 'named', { summary: 'Named.', version: 3, payload: NamesInOrder, supersedes: { event: v2, upcast: v3.supersedes!.upcast } });

const ADA: NamesInOrder = { first: 'Ada', last: 'Lovelace', order: 'given-first' };
const word = fc.stringMatching(/^[a-z]{1,20}$/);

/** A check of what was published of an event, as one of its readers would make it. */
const fits = (event: DomainEvent<any>) => new Ajv2020({ strict: true, strictRequired: false }).compile(eventSchema(event));

describe('the versions of an event', () => {
  it('are this one, then those before it', () => {
    expect(versionsOf(v3)).toEqual([v3, v2, v1]);
    expect(versionsOf(v1)).toEqual([v1]);
  });
});

describe('a payload of an older version', () => {
  it('is upcast step by step', () => {
    expect(payloadAs(v3, 1, { name: 'Ada Lovelace' })).toEqual(ADA);
    expect(payloadAs(v3, 2, { first: 'Ada', last: 'Lovelace' })).toEqual(ADA);
    expect(payloadAs(v2, 1, { name: 'Ada Lovelace' })).toEqual({ first: 'Ada', last: 'Lovelace' });
  });

  it('is handed on as it is in its own version', () => {
    expect(payloadAs(v3, 3, ADA)).toBe(ADA);
    expect(payloadAs(v1, 1, ADA)).toBe(ADA);
  });

  it.each([0, 4, 1.5, Number.NaN])('is refused in version %s, which nobody declared, with a stable code', (version) => {
    const read = () => payloadAs(v3, version, {});
    expect(read).toThrow(UnknownEventVersion);
    expect(read).toThrow(expect.objectContaining({ code: 'contracts.unknown-event-version', type: 'leads.lead.named', version, known: [3, 2, 1] }));
  });

  it('is refused where a reader knows only what came before', () => {
    expect(() => payloadAs(v1, 2, ADA)).toThrow('leads.lead.named came as v2; declared here: v1');
  });
});

describe('what is published beside an event', () => {
  it('is each older version, the newest first', () => {
    expect(companionsOf(v3, ADA)).toEqual([
      { version: 2, payload: { first: 'Ada', last: 'Lovelace' } },
      { version: 1, payload: { name: 'Ada Lovelace' } },
    ]);
  });

  it('ends where no downcast is declared, whatever lies further down', () => {
    expect(companionsOf(v3Alone, ADA)).toEqual([]);
    expect(companionsOf(v1, { name: 'Ada' })).toEqual([]);
  });

  it('keeps what every version promised, and comes back as what was told', () => {
    const byVersion = new Map(versionsOf(v3).map((event) => [event.version, fits(event)]));
    fc.assert(
      fc.property(word, word, (first, last) => {
        const current = { first, last, order: 'given-first' };
        for (const { version, payload } of companionsOf(v3, current)) {
          expect(byVersion.get(version)!(payload)).toBe(true);
          expect(payloadAs(v3, version, payload)).toEqual(current);
        }
      }),
    );
  });
});

describe('a reader of the schema as it was first published', () => {
  it('takes what is told once an optional field was added', () => {
    const scored = defineEvent('leads', 'lead', 'named', { summary: 'Named.', payload: ScoredName });
    expect(fits(v1)({ name: 'Ada', score: 7 })).toBe(true);
    expect(fits(scored)({ name: 'Ada' })).toBe(true);
    expect(fits(v1)({ score: 7 })).toBe(false);
  });
});
