import { fieldsOf, type DtoClass, type FieldSpec } from '#leadwire/contracts';

type Query = Record<string, string | string[] | undefined>;

/** Query parameters as the fields of a DTO: numbers and flags read as such, what does not fit left for validation to name. */
export function readQuery(dto: DtoClass, query: Query): Record<string, unknown> {
  const fields = new Map(fieldsOf(dto).map((field) => [field.name, field]));
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, coerce(fields.get(name), value)]));
}

function coerce(field: FieldSpec | undefined, value: string | string[] | undefined): unknown {
  if (!field) return value;
  if (field.type.items) return [value].flat();
  if (typeof value !== 'string') return value;
  switch (field.type.schema.type) {
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    default:
      return value;
  }
}
