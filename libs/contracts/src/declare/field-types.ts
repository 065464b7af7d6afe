import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  buildMessage,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsString,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import type { JsonSchema } from './json-schema.js';

/** Any DTO class: fields declared with @Field, no constructor arguments. */
export type DtoClass<T extends object = object> = new () => T;

/** A type of field: its JSON Schema and the class-validator decorators that enforce it. */
export interface FieldType {
  readonly schema: JsonSchema;
  /** A nested DTO, by reference so that declarations may be circular. */
  readonly dto?: () => DtoClass;
  readonly items?: FieldType;
  decorators(each: boolean): PropertyDecorator[];
}

/** Text of at most `max` characters. */
export function text(limits: { min?: number; max: number; pattern?: RegExp }): FieldType {
  const { min = 0, max, pattern } = limits;
  return {
    schema: { type: 'string', ...(min > 0 && { minLength: min }), maxLength: max, ...(pattern && { pattern: pattern.source }) },
    decorators: (each) => [
      IsString({ each }),
      HasCharacters(min, max, each),
      ...(pattern ? [Matches(pattern, { each })] : []),
    ],
  };
}

// Code points, as JSON Schema and PostgreSQL count: class-validator's own MaxLength counts variation selectors as
// nothing, and what it let through would not fit the column.
function HasCharacters(min: number, max: number, each: boolean): PropertyDecorator {
  const wanted = min > 0 ? `hold ${min} to ${max} characters` : `hold at most ${max} characters`;
  return ValidateBy(
    {
      name: 'hasCharacters',
      constraints: [min, max],
      validator: {
        validate: (value) => typeof value === 'string' && countsBetween(value, min, max),
        defaultMessage: buildMessage((prefix) => `${prefix}$property must ${wanted}`, { each }),
      },
    },
    { each },
  );
}

function countsBetween(value: string, min: number, max: number): boolean {
  // At most two units a character: no need to count what is far too long.
  if (value.length < min || value.length > 2 * max) return false;
  let count = 0;
  for (const _ of value) count++;
  return count >= min && count <= max;
}

/** A UUID. */
export function uuid(): FieldType {
  return { schema: { type: 'string', format: 'uuid' }, decorators: (each) => [IsUUID('all', { each })] };
}

/** A mail address of at most 320 characters. */
export function email(): FieldType {
  return {
    schema: { type: 'string', format: 'email', maxLength: 320 },
    decorators: (each) => [IsEmail({}, { each }), MaxLength(320, { each })],
  };
}

/** An http(s) address; private hosts are allowed, for callbacks inside a cluster. */
export function url(): FieldType {
  return {
    schema: { type: 'string', format: 'uri', maxLength: 2000 },
    decorators: (each) => [
      IsUrl({ protocols: ['http', 'https'], require_tld: false, require_protocol: true }, { each }),
      MaxLength(2000, { each }),
    ],
  };
}

/** A whole number. */
export function integer(limits: { min?: number; max?: number } = {}): FieldType {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = limits;
  return {
    schema: { type: 'integer', minimum: min, maximum: max },
    decorators: (each) => [IsInt({ each }), Min(min, { each }), Max(max, { each })],
  };
}

/** A number that is no money: a score, a ratio, a latency. */
export function number(limits: { min?: number; max?: number } = {}): FieldType {
  const { min, max } = limits;
  return {
    schema: { type: 'number', ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) },
    decorators: (each) => [
      IsNumber({ allowNaN: false, allowInfinity: false }, { each }),
      ...(min !== undefined ? [Min(min, { each })] : []),
      ...(max !== undefined ? [Max(max, { each })] : []),
    ],
  };
}

/** True or false. */
export function flag(): FieldType {
  return { schema: { type: 'boolean' }, decorators: (each) => [IsBoolean({ each })] };
}

/** One of a closed list of texts. */
export function choice(values: readonly string[]): FieldType {
  return { schema: { type: 'string', enum: [...values] }, decorators: (each) => [IsIn([...values], { each })] };
}

/** Decimal text: money or a quantity, at most 14 digits before and `scale` after the point, no exponent. */
export function decimal(limits: { scale?: number; sign?: 'positive' | 'any' } = {}): FieldType {
  const { scale = 6, sign = 'any' } = limits;
  const nonZero = sign === 'positive' ? '(?!0+(\\.0+)?$)' : '-?';
  const pattern = new RegExp(`^${nonZero}\\d{1,14}(\\.\\d{1,${scale}})?$`);
  return {
    schema: { type: 'string', format: 'decimal', pattern: pattern.source, maxLength: 32 },
    decorators: (each) => [
      IsString({ each }),
      MaxLength(32, { each }),
      Matches(pattern, { each, message: `$property must be ${sign === 'positive' ? 'a positive ' : ''}decimal text with at most ${scale} digits after the point` }),
    ],
  };
}

// ISO 8601 also spells years, weeks, and times of an unknown zone; a moment is a date, a time and its offset.
const MOMENT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A moment, RFC 3339: with its offset from UTC, best `Z`. */
export function timestamp(): FieldType {
  return {
    schema: { type: 'string', format: 'date-time', maxLength: 40 },
    decorators: (each) => [
      IsISO8601({ strict: true, strictSeparator: true }, { each }),
      Matches(MOMENT, { each, message: '$property must be a moment as in 2026-01-31T12:00:00Z' }),
      MaxLength(40, { each }),
    ],
  };
}

/** A free JSON object (custom fields, step settings); its size is bounded by the body limit. */
export function record(): FieldType {
  return { schema: { type: 'object', additionalProperties: true }, decorators: (each) => [IsObject({ each })] };
}

/** Another DTO. */
export function object(dto: () => DtoClass): FieldType {
  return { schema: {}, dto, decorators: (each) => [IsObject({ each }), ValidateNested({ each }), Type(dto)] };
}

/** A list of one type, at most `max` long. */
export function list(items: FieldType, limits: { min?: number; max: number }): FieldType {
  const { min = 0, max } = limits;
  return {
    schema: { type: 'array', ...(min > 0 && { minItems: min }), maxItems: max },
    items,
    decorators: () => [IsArray(), ArrayMinSize(min), ArrayMaxSize(max), ...items.decorators(true)],
  };
}
