import { dtoSchema, type UnknownFields } from '../declare/dto-schema.js';
import type { DtoClass } from '../declare/field-types.js';
import type { JsonSchema } from '../declare/json-schema.js';

/** Collects the DTOs a document refers to under their class names, each once. */
export class SchemaComponents {
  private readonly classes = new Map<string, DtoClass>();
  readonly schemas: Record<string, JsonSchema> = {};

  constructor(private readonly unknown: UnknownFields = 'refused') {}

  /** A reference to a DTO's schema; throws when two classes share a name, as a reader could not tell them apart. */
  reference = (dto: DtoClass): JsonSchema => {
    const known = this.classes.get(dto.name);
    if (known && known !== dto) throw new Error(`two DTO classes are called ${dto.name}`);
    if (!known) {
      this.classes.set(dto.name, dto);
      this.schemas[dto.name] = dtoSchema(dto, this.reference, this.unknown);
    }
    return { $ref: `#/components/schemas/${dto.name}` };
  };
}
