import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { Field } from './field.js';
import { choice, decimal, email, flag, integer, list, number, object, record, text, timestamp, url, uuid, type FieldType } from './field-types.js';

class Inner {
  @Field(integer()) n: number;
}

const ID = '0190a6a2-7a3e-7cc0-8c5e-0f2f5c9b1a11';
const NEVER = [undefined, null, {}, []];

// What each type takes and what it does not.
const CASES: Record<string, { type: FieldType; takes: unknown[]; refuses: unknown[] }> = {
  text: { type: text({ min: 1, max: 3, pattern: /^[a-z€😀]+$/u }), takes: ['a', 'abc', '€€€'], refuses: ['', 'abcd', 'A', 1, true, ...NEVER] },
  uuid: { type: uuid(), takes: [ID, ID.toUpperCase(), '00000000-0000-0000-0000-000000000000'], refuses: ['', 'x', `${ID} `, `{${ID}}`, ID.replaceAll('-', ''), 1, ...NEVER] },
  email: { type: email(), takes: ['a@b.co', 'a.b+c@d-e.org'], refuses: ['', 'a', 'a@', '@b.co', 'a b@c.de', 'a@b.co, c@d.ef', `${'a'.repeat(320)}@b.co`, 1, ...NEVER] },
  url: { type: url(), takes: ['http://localhost:8080/x', 'https://a.example/b?c=d'], refuses: ['', 'a.example', 'ftp://a.example', 'javascript:alert(1)', 'http://', 1, ...NEVER] },
  integer: { type: integer({ min: 0, max: 10 }), takes: [0, 10, 5.0], refuses: [-1, 11, 1.5, '1', NaN, Infinity, true, ...NEVER] },
  number: { type: number({ min: 0, max: 1 }), takes: [0, 1, 0.5], refuses: [-0.1, 1.1, '0.5', NaN, Infinity, true, ...NEVER] },
  flag: { type: flag(), takes: [true, false], refuses: ['true', 0, 1, ...NEVER] },
  choice: { type: choice(['a', 'b']), takes: ['a', 'b'], refuses: ['c', 'A', '', 0, ...NEVER] },
  decimal: { type: decimal({ scale: 2 }), takes: ['0', '-1', '12.50', '99999999999999.99'], refuses: ['', '1.234', '1e3', '+1', '.5', '5.', '1,5', ' 1', 1.5, ...NEVER] },
  'positive decimal': { type: decimal({ scale: 2, sign: 'positive' }), takes: ['0.01', '1', '007'], refuses: ['0', '0.00', '00', '-1', ...NEVER] },
  timestamp: {
    type: timestamp(),
    takes: ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00.123Z', '2026-11-21T10:00:00+02:00', '2028-02-29T00:00:00Z'],
    refuses: ['', '2026-11-21', '2026-11-21T10:00:00', '2026-11-21 10:00:00Z', '2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-11-21T25:00:00Z', '2026-W10', '2026', 1, ...NEVER],
  },
  record: { type: record(), takes: [{}, { a: { b: [1] } }], refuses: ['', 1, [], null, undefined] },
  object: { type: object(() => Inner), takes: [{ n: 1 }], refuses: [{}, { n: 'x' }, [], [{ n: 1 }], 'x', 1, null, undefined] },
  'list of numbers': { type: list(integer(), { min: 1, max: 2 }), takes: [[1], [1, 2]], refuses: [[], [1, 2, 3], ['1'], [1, null], { 0: 1 }, '1', null, undefined] },
  'list of objects': { type: list(object(() => Inner), { max: 2 }), takes: [[], [{ n: 1 }]], refuses: [[{}], [1], [null], [[{ n: 1 }]], { 0: { n: 1 } }, null, undefined] },
};

function accepts(type: FieldType, value: unknown, options = {}): boolean {
  class Dto {}
  Field(type, options)(Dto.prototype, 'value');
  return validateSync(plainToInstance(Dto, value === undefined ? {} : { value }), { forbidUnknownValues: false }).length === 0;
}

describe('field types', () => {
  for (const [name, { type, takes, refuses }] of Object.entries(CASES)) {
    it.each(takes.map((value) => [value]))(`${name} takes %j`, (value) => expect(accepts(type, value)).toBe(true));
    it.each(refuses.map((value) => [value]))(`${name} refuses %j`, (value) => expect(accepts(type, value)).toBe(false));
  }

  it('may be left out only when optional, and null only when nullable', () => {
    for (const { type, takes } of Object.values(CASES)) {
      expect([accepts(type, undefined, { optional: true }), accepts(type, null, { optional: true })]).toEqual([true, false]);
      expect([accepts(type, undefined, { nullable: true }), accepts(type, null, { nullable: true })]).toEqual([false, true]);
      expect([accepts(type, undefined, { optional: true, nullable: true }), accepts(type, null, { optional: true, nullable: true })]).toEqual([true, true]);
      expect(accepts(type, takes[0], { optional: true, nullable: true })).toBe(true);
    }
  });

  it('counts characters as PostgreSQL does: variation selectors are characters, surrogate pairs are one', () => {
    expect(accepts(text({ max: 2 }), '😀😀')).toBe(true);
    expect(accepts(text({ max: 2 }), '😀😀😀')).toBe(false);
    expect(accepts(text({ max: 2 }), '❤\ufe0f❤\ufe0f')).toBe(false);
    expect(accepts(text({ max: 1 }), '\ufe0f'.repeat(5))).toBe(false);
    expect(accepts(text({ min: 1, max: 5 }), '\ufe0f')).toBe(true);
  });
});
