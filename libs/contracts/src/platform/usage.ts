import { Field } from '../declare/field.js';
import { choice, decimal, list, object, text, timestamp, uuid } from '../declare/field-types.js';

export const USAGE_CATEGORIES = ['enrichment', 'llm', 'stt', 'tts', 'telephony', 'vm_infrastructure', 'sms', 'email', 'linkedin'] as const;
export const USAGE_UNITS = ['record', 'token_in', 'token_out', 'second', 'minute', 'character', 'message'] as const;

/** One thing used: priced by the catalogue at the time of use. */
export class UsageItem {
  @Field(choice(USAGE_CATEGORIES)) category: string;
  @Field(text({ max: 60 })) provider: string;
  @Field(text({ max: 100 }), { nullable: true }) model: string | null;
  @Field(choice(USAGE_UNITS)) unit: string;
  @Field(decimal({ scale: 6, sign: 'positive' })) quantity: string;
}

/** What a service used for a tenant; its aggregate is the thing it was used for. */
export class UsageRecorded {
  @Field(text({ max: 255 }), { description: 'Charged once per key.' }) idempotencyKey: string;
  @Field(text({ max: 60 })) featureKey: string;
  @Field(uuid(), { nullable: true, description: 'The reservation it is settled from; what is left of it is released.' }) reservationId: string | null;
  @Field(list(object(() => UsageItem), { max: 50 }), { description: 'Empty: nothing was used, the reservation is released.' }) items: UsageItem[];
  @Field(timestamp()) usedAt: string;
}
