import { fieldsOf, type FieldSpec } from './field.js';
import type { DtoClass, FieldType } from './field-types.js';
import type { JsonSchema } from './json-schema.js';

/** How a nested DTO is written: inline, or as a reference into a document's components. */
export type NestedSchema = (dto: DtoClass) => JsonSchema;

/** Whether fields that are not declared may be there: refused on the way in, allowed where a reader meets later ones. */
export type UnknownFields = 'refused' | 'allowed';

/** The JSON Schema of a DTO; a nested one is written inline unless told. */
export function dtoSchema(dto: DtoClass, nested?: NestedSchema, unknown: UnknownFields = 'refused'): JsonSchema {
  const inner = nested ?? ((each: DtoClass) => dtoSchema(each, undefined, unknown));
  const fields = fieldsOf(dto);
  const required = fields.filter((field) => !field.optional).map((field) => field.name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, inner)])),
    ...(required.length > 0 && { required }),
    additionalProperties: unknown === 'allowed',
  };
}

/** The JSON Schema of one field, its description and example included. */
export function fieldSchema(field: FieldSpec, nested: NestedSchema): JsonSchema {
  const { description, example, default: fallback } = field;
  const base = typeSchema(field.type, nested);
  return {
    ...(field.nullable ? nullable(base) : base),
    ...(description && { description }),
    ...(example !== undefined && { examples: [example] }),
    ...(fallback !== undefined && { default: fallback }),
  };
}

function typeSchema(type: FieldType, nested: NestedSchema): JsonSchema {
  if (type.items) return { ...type.schema, items: typeSchema(type.items, nested) };
  if (type.dto) return nested(type.dto());
  return { ...type.schema };
}

function nullable(schema: JsonSchema): JsonSchema {
  if (schema.$ref) return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [schema.type as string, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}
