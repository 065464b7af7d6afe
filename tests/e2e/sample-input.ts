import { fieldsOf, pathParameters, type DtoClass, type FieldType, type JsonSchema, type Operation } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';

/** Values that a schema allows but a service would not understand, by field name. */
const KNOWN: Record<string, unknown> = {
  email: 'somebody@example.com',
  phone: '+14155550123',
  to: '+14155550123',
  number: '+14155550199',
  openingLine: 'Hello',
  subject: 'Hello',
  body: 'Hello there',
  capabilities: ['leads:read'],
  expiresAt: '2030-01-01T00:00:00Z',
};

/** Valid input of an operation made from its declaration: the fields it requires, without those of its path. */
export function sampleInput(operation: Operation<any, any>): Record<string, unknown> {
  const inPath = new Set(pathParameters(operation.http?.path ?? ''));
  return sampleOf(operation.input, inPath);
}

function sampleOf(dto: DtoClass, without = new Set<string>()): Record<string, unknown> {
  const required = fieldsOf(dto).filter((field) => !field.optional && !without.has(field.name));
  return Object.fromEntries(required.map((field) => [field.name, KNOWN[field.name] ?? value(field.type)]));
}

function value(type: FieldType): unknown {
  if (type.items) return (type.schema.minItems ?? 0) > 0 ? [value(type.items)] : [];
  if (type.dto) return sampleOf(type.dto());
  return plain(type.schema);
}

function plain(schema: JsonSchema): unknown {
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'object':
      return {};
    default:
      return textOf(schema);
  }
}

function textOf(schema: JsonSchema): string {
  if (schema.format === 'uuid') return newId();
  if (schema.format === 'decimal') return '10.00';
  if (schema.format === 'date-time') return '2030-01-01T00:00:00Z';
  if (schema.format === 'uri') return 'https://example.com/';
  return 'sample'.padEnd(schema.minLength ?? 0, 'x');
}
