import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dtoSchema } from './dto-schema.js';
import { Field, type FieldOptions } from './field.js';
import { choice, decimal, flag, integer, list, number, object, record, text, timestamp, type DtoClass, type FieldType } from './field-types.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addFormat('decimal', true);

const limits = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat(6)).map(([min, range]) => ({ min, max: min + range }));
const sizes = fc.tuple(fc.nat(2), fc.nat(4)).map(([min, range]) => ({ min, max: min + range }));
const simple: fc.Arbitrary<FieldType> = fc.oneof(
  sizes.map(text),
  fc.constant(text({ max: 4, pattern: /^[a-c]*$/ })),
  limits.map(integer),
  limits.map(number),
  fc.constant(flag()),
  fc.constant(choice(['a', 'b', ''])),
  fc.record({ scale: fc.integer({ min: 1, max: 6 }), sign: fc.constantFrom('positive' as const, 'any' as const) }).map(decimal),
  fc.constant(timestamp()),
  fc.constant(record()),
);
const options: fc.Arbitrary<FieldOptions> = fc.record({ optional: fc.boolean(), nullable: fc.boolean() });
const fieldsOfSimple = fc.array(fc.tuple(simple, options), { minLength: 1, maxLength: 4 });
const anyType: fc.Arbitrary<FieldType> = fc.oneof(
  { weight: 3, arbitrary: simple },
  { weight: 1, arbitrary: fc.tuple(simple, sizes).map(([type, size]) => list(type, size)) },
  { weight: 1, arbitrary: fieldsOfSimple.map((fields) => { const dto = dtoOf(fields); return object(() => dto); }) },
  { weight: 1, arbitrary: fc.tuple(fieldsOfSimple, sizes).map(([fields, size]) => { const dto = dtoOf(fields); return list(object(() => dto), size); }) },
);

function dtoOf(fields: [FieldType, FieldOptions][]): DtoClass {
  class Generated {}
  fields.forEach(([type, given], i) => Field(type, given)(Generated.prototype, `f${i}`));
  return Generated;
}

const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 'a', 'abc', '', '0', '0.00', '1.5', '-2.25', '12345678901234.1', '1e3', '2026-11-21T10:00:00Z', '2026-11-21', '2026-02-30T10:00:00Z', '2026-11-21T10:00:00', '😀😀', '❤\ufe0f'),
  fc.integer({ min: -12, max: 12 }),
  fc.double({ min: -12, max: 12, noNaN: true }),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('f0', 'f1', 'f2', 'other'), leaf, { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.dictionary(fc.constantFrom('f0', 'f1', 'f2'), leaf, { maxKeys: 3 }), { maxLength: 3 }) },
);
const input = fc.dictionary(fc.constantFrom('f0', 'f0', 'f0', 'f1', 'f1', 'other'), value, { maxKeys: 3 });

function validatorAccepts(dto: DtoClass, plain: object): boolean {
  return validateSync(plainToInstance(dto, plain), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }).length === 0;
}

describe('a DTO’s schema and its validation', () => {
  it('accept and refuse the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(anyType, options), { minLength: 1, maxLength: 2 }), fc.array(input, { minLength: 1, maxLength: 30 }), (fields, inputs) => {
        const dto = dtoOf(fields);
        const check = ajv.compile(dtoSchema(dto));
        for (const plain of inputs) {
          const ok = check(plain);
          if (ok) accepted++;
          expect({ plain, accepted: validatorAccepts(dto, plain) }).toEqual({ plain, accepted: ok });
        }
      }),
      { seed: 4, numRuns: 400 },
    );
    // A property that never sees an accepted input would prove half.
    expect(accepted).toBeGreaterThan(200);
  });

  it('takes one field of every kind in both, with a value made to fit', () => {
    const fit = (type: FieldType, good: unknown): void => {
      const dto = dtoOf([[type, {}]]);
      const check = ajv.compile(dtoSchema(dto));
      expect([check({ f0: good }), validatorAccepts(dto, { f0: good })]).toEqual([true, true]);
    };
    fit(text({ min: 2, max: 2 }), '😀😀');
    fit(decimal({ scale: 3, sign: 'positive' }), '0.001');
    fit(timestamp(), '2026-11-21T10:00:00.5+01:00');
    fit(list(integer(), { max: 2 }), [1]);
    fit(object(() => dtoOf([[flag(), {}]])), { f0: true });
  });
});
