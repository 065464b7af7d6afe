import { IsOptional, ValidateIf } from 'class-validator';
import type { DtoClass, FieldType } from './field-types.js';

/** What a declaration says of a field beside its type. */
export interface FieldOptions {
  /** May be left out. */
  optional?: boolean;
  /** May be null; in an answer: is null when unknown. */
  nullable?: boolean;
  description?: string;
  example?: unknown;
  default?: unknown;
}

/** A field as declared: what documents and coercion are made from. */
export interface FieldSpec extends FieldOptions {
  readonly name: string;
  readonly type: FieldType;
}

const FIELDS = Symbol('leadwire:fields');

/** Declares a field of a DTO once: its validation, its JSON Schema and its place in the documents. */
export function Field(type: FieldType, options: FieldOptions = {}): PropertyDecorator {
  return (target, property) => {
    const own: FieldSpec[] = Reflect.getOwnMetadata(FIELDS, target) ?? [];
    Reflect.defineMetadata(FIELDS, [...own, { name: String(property), type, ...options }], target);
    if (options.optional) {
      // IsOptional also lets null pass; only a nullable field may be null.
      if (options.nullable) IsOptional()(target, property);
      else ValidateIf((_, value) => value !== undefined)(target, property);
    } else if (options.nullable) ValidateIf((_, value) => value !== null)(target, property);
    for (const decorate of type.decorators(false)) decorate(target, property);
  };
}

/** The fields of a DTO, those of its parents first. */
export function fieldsOf(dto: DtoClass): FieldSpec[] {
  const specs = new Map<string, FieldSpec>();
  for (const prototype of prototypeChain(dto.prototype)) {
    for (const spec of (Reflect.getOwnMetadata(FIELDS, prototype) ?? []) as FieldSpec[]) specs.set(spec.name, spec);
  }
  return [...specs.values()];
}

function prototypeChain(prototype: object): object[] {
  const chain: object[] = [];
  for (let p = prototype; p && p !== Object.prototype; p = Object.getPrototypeOf(p)) chain.unshift(p);
  return chain;
}
