import { fieldsOf, type DtoClass, type FieldType } from '#leadwire/contracts';
import type { FieldProblem } from '#leadwire/kernel';

/** What a client is told at once; an input may hold more faults than an answer may be long. */
export const MOST_ERRORS = 50;
const DEEPEST = 50;

const known = new WeakMap<DtoClass, Map<string, FieldType>>();

/** What is wrong with the shape of an input. */
export interface ShapeFaults {
  /** Fields that nobody declared. */
  readonly unknown: FieldProblem[];
  /** Lists over their limit, text that JSON can spell and PostgreSQL cannot hold, nesting without end. */
  readonly refused: FieldProblem[];
}

/** Looks at plain input before it is validated, in linear time: an input made to be slow is refused cheaply. */
export function shapeFaults(dto: DtoClass, plain: object): ShapeFaults {
  const faults: ShapeFaults = { unknown: [], refused: [] };
  lookAtObject(dto, plain, '', faults);
  return faults;
}

function lookAtObject(dto: DtoClass, plain: object, prefix: string, faults: ShapeFaults): void {
  const declared = typesOf(dto);
  for (const [name, value] of Object.entries(plain)) {
    if (faults.unknown.length + faults.refused.length >= MOST_ERRORS) return;
    const type = declared.get(name);
    const field = prefix + name.slice(0, 100);
    if (type) lookAtValue(type, value, field, faults);
    else faults.unknown.push({ field, message: `property ${field} should not exist` });
  }
}

function lookAtValue(type: FieldType, value: unknown, field: string, faults: ShapeFaults): void {
  if (type.dto) {
    if (isObject(value)) lookAtObject(type.dto(), value, `${field}.`, faults);
  } else if (type.items) {
    if (Array.isArray(value)) lookAtList(type, value, field, faults);
  } else if (!isStorable(value, 0)) {
    faults.refused.push({ field, message: `${field} must not hold U+0000, half a surrogate pair, or more than ${DEEPEST} levels` });
  }
}

function lookAtList(type: FieldType, items: unknown[], field: string, faults: ShapeFaults): void {
  const { maxItems = Infinity } = type.schema;
  if (items.length > maxItems) faults.refused.push({ field, message: `${field} must contain no more than ${maxItems} elements` });
  else items.forEach((item, i) => lookAtValue(type.items!, item, `${field}.${i}`, faults));
}

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (value === null || typeof value !== 'object') return true;
  return depth < DEEPEST && Object.entries(value).every(([key, inner]) => isStorable(key, depth) && isStorable(inner, depth + 1));
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function typesOf(dto: DtoClass): Map<string, FieldType> {
  let types = known.get(dto);
  if (!types) known.set(dto, (types = new Map(fieldsOf(dto).map((field) => [field.name, field.type]))));
  return types;
}
