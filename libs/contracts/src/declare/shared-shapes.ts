import { Field } from './field.js';
import { integer, record, text } from './field-types.js';

/** Input without fields. */
export class Nothing {}

/** A file that the gateway put into the object store for the service. */
export class UploadReference {
  @Field(text({ max: 200 })) bucket: string;
  @Field(text({ max: 200 })) name: string;
  @Field(integer({ min: 0 })) bytes: number;
  @Field(text({ max: 200 }), { optional: true }) fileName?: string;
}

/** A webhook as it came: its bytes and the headers its signature needs. */
export class RawRequest {
  @Field(text({ max: 2_000_000 }), { description: 'The body, base64.' }) rawBody: string;
  @Field(record()) headers: Record<string, string>;
  @Field(text({ max: 4000 }), { description: 'The address as the sender called it.' }) requestUrl: string;
}

/** A text answer that is no JSON: a page, a CSV. */
export class TextDocument {
  @Field(text({ max: 200 })) contentType: string;
  @Field(text({ max: 900_000 })) body: string;
  @Field(text({ max: 200 }), { optional: true }) fileName?: string;
}
