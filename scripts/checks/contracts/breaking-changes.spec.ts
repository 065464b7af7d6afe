import { eventSchema, defineEvent, Field, choice, integer, list, object, text, timestamp } from '#leadwire/contracts';
import { describe, expect, it } from 'vitest';
import { breakingChanges } from './breaking-changes.js';

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
  it('finds none where nothing but the words about it changed', () => {
    class Same extends Before {
      @Field(text({ max: 20 }), { description: 'How one calls it.', example: 'Ana', default: 'Ana' }) override name = 'Ana';
    }
    expect(changes(Same)).toEqual([]);
  });

  it('lets an optional field be added', () => {
    class LongerLine extends Line {
      @Field(integer(), { optional: true, nullable: true }) place?: number | null;
    }
    class Added extends Before {
      @Field(text({ max: 20 }), { optional: true }) city?: string;
      @Field(list(object(() => LongerLine), { max: 5 })) override lines: LongerLine[] = [];
    }
    expect(changes(Added)).toEqual([]);
  });

  it('refuses a removed field', () => {
    class Removed {
      @Field(text({ max: 20 })) name: string;
      @Field(choice(['new', 'won', 'lost'])) stage: string;
      @Field(list(object(() => Line), { max: 5 })) lines: Line[];
    }
    expect(changes(Removed)).toEqual(['score was removed']);
  });

  it('refuses a renamed field', () => {
    class Renamed {
      @Field(text({ max: 20 })) fullName: string;
      @Field(choice(['new', 'won', 'lost'])) stage: string;
      @Field(integer({ min: 0 }), { optional: true }) points?: number;
      @Field(list(object(() => Line), { max: 5 })) lines: Line[];
    }
    expect(changes(Renamed)).toEqual(['name was removed', 'score was removed', 'fullName is newly required']);
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
    expect(changes(Narrower)).toEqual(['name takes only a now', 'name: maxLength was 20 and is not given', 'stage no longer knows lost']);
  });

  it('refuses a wider enum and any text where an enum was', () => {
    class Wider extends Before {
      @Field(choice(['new', 'won', 'lost', 'paused'])) override stage = 'new';
    }
    class Open extends Before {
      @Field(text({ max: 20 })) override stage = 'new';
    }
    expect(changes(Wider)).toEqual(['stage may now be paused']);
    expect(changes(Open)).toEqual(['stage is no longer one of new, won, lost', 'stage: maxLength was not given and is 20']);
  });

  it('refuses a limit that moved, either way', () => {
    class Longer extends Before {
      @Field(text({ max: 21 })) override name = '';
      @Field(list(object(() => Line), { max: 4 })) override lines: Line[] = [];
    }
    expect(changes(Longer)).toEqual(['name: maxLength was 20 and is 21', 'lines: maxItems was 5 and is 4']);
  });

  it('refuses another format', () => {
    class At {
      @Field(timestamp()) at: string;
    }
    class AtText {
      @Field(text({ max: 40 })) at: string;
    }
    expect(breakingChanges(schemaOf(At), schemaOf(AtText))).toEqual(['at was string date-time and is string']);
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
