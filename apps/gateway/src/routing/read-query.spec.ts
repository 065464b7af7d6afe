import { Field, flag, integer, list, text } from '#leadwire/contracts';
import { describe, expect, it } from 'vitest';
import { readQuery } from './read-query.js';

class Query {
  @Field(integer({ min: 1 }), { optional: true }) limit?: number;
  @Field(flag(), { optional: true }) open?: boolean;
  @Field(list(text({ max: 10 }), { max: 5 }), { optional: true }) tags?: string[];
  @Field(text({ max: 10 }), { optional: true }) name?: string;
}

describe('readQuery', () => {
  it('reads numbers, flags and lists as what they are declared to be', () => {
    expect(readQuery(Query, { limit: '7', open: 'true', tags: 'a', name: '12' })).toEqual({ limit: 7, open: true, tags: ['a'], name: '12' });
  });

  it.each([['limit', '7x'], ['limit', ''], ['limit', '0x10'], ['open', 'yes']])('leaves %s=%s for the validation to name', (name, value) => {
    expect(readQuery(Query, { [name]: value })).toEqual({ [name]: value });
  });

  it('keeps what is not declared, so that it can be refused by name', () => {
    expect(readQuery(Query, { admin: '1' })).toEqual({ admin: '1' });
  });
});
