import { eventSchema, defineEvent, Field, choice, integer, list, object, text } from '#leadwire/contracts';
import { describe, expect, it } from 'vitest';
import { breakingChanges } from './breaking-changes.js';
import { incompatibilities } from './compatibility.js';

class Line {
  @Field(text({ max: 20 })) word: string;
}
class Before {
  @Field(text({ max: 20 })) name: string;
  @Field(choice(['new', 'won', 'lost'])) stage: string;
  @Field(integer({ min: 0 }), { optional: true }) score?: number;
  @Field(list(object(() => Line), { max: 5 })) lines: Line[];
}

const schemaOf = (payload: new () => object) => eventSchema(defineEvent('leads', 'lead', 'told', { summary: 'Told.', payload }));
const changes = (after: new () => object) => breakingChanges(schemaOf(Before), schemaOf(after));

describe('breaking changes of an event', () => {
  it('finds none where nothing or only a limit changed', () => {
    class Same extends Before {}
    expect(changes(Same)).toEqual([]);
  });

  it('lets an optional field be added', () => {
    class Added extends Before {
      @Field(text({ max: 20 }), { optional: true }) city?: string;
    }
    expect(changes(Added)).toEqual([]);
  });

  it('lets an enum grow', () => {
    class Wider extends Before {
      @Field(choice(['new', 'won', 'lost', 'paused'])) override stage = 'new';
    }
    expect(changes(Wider)).toEqual([]);
  });

  it('refuses a removed field', () => {
    class Removed {
      @Field(text({ max: 20 })) name: string;
      @Field(choice(['new', 'won', 'lost'])) stage: string;
      @Field(list(object(() => Line), { max: 5 })) lines: Line[];
    }
    expect(changes(Removed)).toEqual(['score was removed']);
  });

  it('refuses a changed type, nullability included', () => {
    class Numbered extends Before {
      @Field(integer()) override name: any = undefined;
    }
    class Nullable extends Before {
      @Field(text({ max: 20 }), { nullable: true }) override name: any = undefined;
    }
    expect(changes(Numbered)).toEqual(['name was string and is integer']);
    expect(changes(Nullable)).toEqual(['name was string and is null or string']);
  });

  it('refuses a new required field and one that became required', () => {
    class Demanding extends Before {
      @Field(text({ max: 20 })) city: string;
      @Field(integer({ min: 0 })) override score = 0;
    }
    expect(changes(Demanding)).toEqual(['score is newly required', 'city is newly required']);
  });

  it('refuses a required field that became optional', () => {
    class Lax extends Before {
      @Field(text({ max: 20 }), { optional: true }) override name: any = undefined;
    }
    expect(changes(Lax)).toEqual(['name is no longer always there']);
  });

  it('refuses a narrower enum and an enum where any text was', () => {
    class Narrower extends Before {
      @Field(choice(['new', 'won'])) override stage = 'new';
      @Field(choice(['a'])) override name = 'a';
    }
    expect(changes(Narrower)).toEqual(['name takes only a now', 'stage no longer knows lost']);
  });

  it('looks into lists and nested objects', () => {
    class Wordless {
      @Field(text({ max: 20 })) phrase: string;
    }
    class Nested extends Before {
      @Field(list(object(() => Wordless), { max: 5 })) override lines: any[] = [];
    }
    expect(changes(Nested)).toEqual(['lines[].word was removed', 'lines[].phrase is newly required']);
  });
});

describe('compatibility with what was promised', () => {
  const documents = new Map([['events/leads.lead.told.v1.schema.json', JSON.stringify(schemaOf(Line))]]);
  const promised = JSON.stringify(schemaOf(Before));

  it('names the file of each break', () => {
    expect(incompatibilities(documents, () => promised)).toContain('events/leads.lead.told.v1.schema.json: name was removed');
  });

  it('asks nothing of a version that was never promised', () => {
    expect(incompatibilities(documents, (path) => (path.includes('.v2.') ? promised : undefined))).toEqual([]);
  });
});
