import { defineEvent } from '../declare/event.js';
import { Field } from '../declare/field.js';
import { choice, integer, list, number, record, text, timestamp, uuid } from '../declare/field-types.js';
import { TEMPERATURES } from './leads.operations.js';

/** A lead as others need to know it. */
export class LeadSnapshot {
  @Field(text({ max: 100 }), { nullable: true }) firstName: string | null;
  @Field(text({ max: 100 }), { nullable: true }) lastName: string | null;
  @Field(text({ max: 320 }), { nullable: true }) email: string | null;
  @Field(text({ max: 40 }), { nullable: true }) phone: string | null;
  @Field(text({ max: 200 }), { nullable: true }) companyName: string | null;
  @Field(text({ max: 200 }), { nullable: true }) title: string | null;
  @Field(text({ max: 100 }), { nullable: true }) industry: string | null;
  @Field(text({ max: 100 }), { nullable: true }) city: string | null;
  @Field(text({ max: 100 }), { nullable: true }) country: string | null;
  @Field(text({ max: 20_000 }), { nullable: true }) notes: string | null;
  @Field(list(text({ max: 60 }), { max: 50 })) tags: string[];
  @Field(record()) customFields: Record<string, unknown>;
  @Field(text({ max: 60 })) stage: string;
}

export class LeadStageChanged {
  @Field(text({ max: 60 })) from: string;
  @Field(text({ max: 60 })) to: string;
  @Field(choice(['person', 'automation'])) by: string;
}

export class LeadScored {
  @Field(number({ min: 0, max: 100 })) score: number;
  @Field(number({ min: 0, max: 100 })) previousScore: number;
  @Field(choice(TEMPERATURES)) temperature: string;
  @Field(list(text({ max: 300 }), { max: 50 })) evidence: string[];
}

export class BookingScheduled {
  @Field(uuid()) leadId: string;
  @Field(text({ max: 40 })) bookingType: string;
  @Field(timestamp(), { nullable: true }) scheduledAt: string | null;
  @Field(text({ max: 60 })) timeZone: string;
}

export class ImportCompleted {
  @Field(integer({ min: 0 })) rowsRead: number;
  @Field(integer({ min: 0 })) imported: number;
  @Field(integer({ min: 0 })) updated: number;
  @Field(integer({ min: 0 })) rejected: number;
}

export const leadCreated = defineEvent('leads', 'lead', 'created', { summary: 'A lead was created.', payload: LeadSnapshot });
export const leadUpdated = defineEvent('leads', 'lead', 'updated', { summary: "A lead's fields changed.", payload: LeadSnapshot });
export const leadStageChanged = defineEvent('leads', 'lead', 'stage-changed', { summary: 'A lead moved to another stage.', payload: LeadStageChanged });
export const leadScored = defineEvent('leads', 'lead', 'scored', { summary: "A lead's score changed.", payload: LeadScored });
export const bookingScheduled = defineEvent('leads', 'booking', 'scheduled', { summary: 'A booking was made.', payload: BookingScheduled });
export const importCompleted = defineEvent('leads', 'import', 'completed', { summary: 'An import is done.', payload: ImportCompleted });
