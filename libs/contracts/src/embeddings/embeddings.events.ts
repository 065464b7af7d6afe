import { defineEvent } from '../declare/event.js';
import { Field } from '../declare/field.js';
import { integer, text } from '../declare/field-types.js';

export class LeadEmbedded {
  @Field(text({ max: 100 })) model: string;
  @Field(integer({ min: 1 })) dimensions: number;
  @Field(text({ max: 64 })) contentHash: string;
}

/** The aggregate is the lead's vector; it has the lead's id. */
export const leadEmbedded = defineEvent('embeddings', 'lead', 'embedded', { summary: "A lead's text was turned into its vector.", payload: LeadEmbedded });
