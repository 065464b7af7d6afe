import { defineProblem, Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, email, flag, integer, list, number, object, record, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';

export const TEMPERATURES = ['cold', 'warm', 'hot', 'converted', 'lost'] as const;

export const LeadProblems = {
  noContact: defineProblem('leads.no-contact', 400, 'A lead needs a mail address, a phone number or a LinkedIn address.', 'Give at least one of them.'),
  phoneInvalid: defineProblem('leads.phone-invalid', 400, 'The phone number is not one of its country.', 'Give it with its country prefix, as in +14155550123.'),
  duplicate: defineProblem('leads.duplicate', 409, 'A lead with this mail address or phone number exists already.', 'Update the lead named by leadId.'),
  unknownStage: defineProblem('leads.unknown-stage', 400, 'The tenant has no such stage.', 'See /v1/lead-stages for its stages.'),
};

/** What one may say of a lead. */
export class LeadFields {
  @Field(text({ max: 100 }), { optional: true, example: 'Ana' }) firstName?: string;
  @Field(text({ max: 100 }), { optional: true }) lastName?: string;
  @Field(email(), { optional: true }) email?: string;
  @Field(text({ max: 40 }), { optional: true, description: 'Any notation; kept as E.164.' }) phone?: string;
  @Field(text({ max: 200 }), { optional: true }) companyName?: string;
  @Field(text({ max: 200 }), { optional: true }) title?: string;
  @Field(text({ max: 1_000 }), { optional: true }) linkedinUrl?: string;
  @Field(text({ max: 100 }), { optional: true }) industry?: string;
  @Field(text({ max: 100 }), { optional: true }) city?: string;
  @Field(text({ max: 100 }), { optional: true }) country?: string;
  @Field(text({ max: 100 }), { optional: true }) source?: string;
  @Field(text({ max: 20_000 }), { optional: true }) notes?: string;
  @Field(list(text({ min: 1, max: 60 }), { max: 50 }), { optional: true }) tags?: string[];
  @Field(integer({ min: 1, max: 4 }), { optional: true }) priority?: number;
  @Field(record(), { optional: true, description: 'Whatever the tenant keeps besides.' }) customFields?: Record<string, unknown>;
}

export class LeadId {
  @Field(uuid()) leadId: string;
}

export class UpdateLead extends LeadFields {
  @Field(uuid()) leadId: string;
}

export class MoveLead extends LeadId {
  @Field(text({ min: 1, max: 60 }), { example: 'qualified' }) stage: string;
}

export class LeadView {
  @Field(uuid()) id: string;
  @Field(text({ max: 100 }), { nullable: true }) firstName: string | null;
  @Field(text({ max: 100 }), { nullable: true }) lastName: string | null;
  @Field(text({ max: 320 }), { nullable: true }) email: string | null;
  @Field(text({ max: 40 }), { nullable: true, description: 'E.164.' }) phone: string | null;
  @Field(text({ max: 200 }), { nullable: true }) companyName: string | null;
  @Field(text({ max: 200 }), { nullable: true }) title: string | null;
  @Field(text({ max: 1_000 }), { nullable: true }) linkedinUrl: string | null;
  @Field(text({ max: 100 }), { nullable: true }) industry: string | null;
  @Field(text({ max: 100 }), { nullable: true }) city: string | null;
  @Field(text({ max: 100 }), { nullable: true }) country: string | null;
  @Field(text({ max: 100 }), { nullable: true }) source: string | null;
  @Field(text({ max: 20_000 }), { nullable: true }) notes: string | null;
  @Field(list(text({ max: 60 }), { max: 50 })) tags: string[];
  @Field(text({ max: 60 })) stage: string;
  @Field(text({ max: 60 })) status: string;
  @Field(choice(TEMPERATURES)) temperature: string;
  @Field(number({ min: 0, max: 100 })) score: number;
  @Field(integer({ min: 1, max: 4 }), { nullable: true }) priority: number | null;
  @Field(record()) customFields: Record<string, unknown>;
  @Field(timestamp()) stageEnteredAt: string;
  @Field(timestamp()) createdAt: string;
  @Field(timestamp()) updatedAt: string;
}

export class LeadPage extends pageOf(LeadView) {}

/** Which leads: every condition given must hold. */
export class LeadFilter {
  @Field(text({ max: 60 }), { optional: true }) stage?: string;
  @Field(text({ max: 60 }), { optional: true }) status?: string;
  @Field(choice(TEMPERATURES), { optional: true }) temperature?: string;
  @Field(text({ max: 100 }), { optional: true }) industry?: string;
  @Field(text({ max: 100 }), { optional: true }) city?: string;
  @Field(text({ max: 100 }), { optional: true }) country?: string;
  @Field(text({ max: 100 }), { optional: true }) source?: string;
  @Field(text({ max: 60 }), { optional: true }) tag?: string;
  @Field(flag(), { optional: true }) hasEmail?: boolean;
  @Field(flag(), { optional: true }) hasPhone?: boolean;
  @Field(number({ min: 0, max: 100 }), { optional: true }) minScore?: number;
}

export class ListLeads extends LeadFilter {
  @Field(choice(['newest', 'score']), { optional: true, default: 'newest' }) sort?: string;
  @Field(integer({ min: 1, max: 200 }), { optional: true, default: 50 }) limit?: number;
  @Field(text({ max: 500 }), { optional: true }) cursor?: string;
}

export class SelectSegment {
  @Field(object(() => LeadFilter)) filter: LeadFilter;
  @Field(integer({ min: 1, max: 500 })) limit: number;
  @Field(text({ max: 500 }), { optional: true }) cursor?: string;
}

export class StageView {
  @Field(text({ max: 60 })) key: string;
  @Field(text({ max: 100 })) label: string;
  @Field(text({ max: 20 })) color: string;
  @Field(integer({ min: 0 })) displayOrder: number;
}

export class StatusView {
  @Field(text({ max: 60 })) key: string;
  @Field(text({ max: 100 })) label: string;
  @Field(text({ max: 20 })) color: string;
}

export class StagePage extends pageOf(StageView) {}
export class StatusPage extends pageOf(StatusView) {}

export class TimelineQuery extends PageQuery {
  @Field(uuid()) leadId: string;
}

export class TimelineEntry {
  @Field(uuid()) id: string;
  @Field(text({ max: 120 }), { description: 'The type of the event it came from.' }) type: string;
  @Field(text({ max: 500 })) summary: string;
  @Field(record()) details: Record<string, unknown>;
  @Field(timestamp()) occurredAt: string;
}

export class TimelinePage extends pageOf(TimelineEntry) {}

export const createLead = defineOperation<LeadFields, LeadView>('leads', 'create-lead', {
  summary: 'Create a lead',
  input: LeadFields,
  answer: LeadView,
  access: 'leads:write',
  effect: 'write',
  http: { method: 'POST', path: '/v1/leads', status: 201 },
  problems: [LeadProblems.noContact, LeadProblems.phoneInvalid, LeadProblems.duplicate],
});

export const getLead = defineOperation<LeadId, LeadView>('leads', 'get-lead', {
  summary: 'Read a lead',
  input: LeadId,
  answer: LeadView,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/leads/:leadId' },
  problems: [Problems.notFound],
});

export const listLeads = defineOperation<ListLeads, Page<LeadView>>('leads', 'list-leads', {
  summary: 'List leads',
  input: ListLeads,
  answer: LeadPage,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/leads' },
  problems: [Problems.cursor],
});

export const updateLead = defineOperation<UpdateLead, LeadView>('leads', 'update-lead', {
  summary: 'Change a lead',
  description: 'Fields left out stay as they are; an empty text empties the field.',
  input: UpdateLead,
  answer: LeadView,
  access: 'leads:write',
  effect: 'write',
  http: { method: 'PATCH', path: '/v1/leads/:leadId' },
  problems: [Problems.notFound, LeadProblems.noContact, LeadProblems.phoneInvalid, LeadProblems.duplicate],
});

export const moveLead = defineOperation<MoveLead, LeadView>('leads', 'move-lead', {
  summary: 'Move a lead to another stage',
  input: MoveLead,
  answer: LeadView,
  access: 'leads:write',
  effect: 'write',
  http: { method: 'POST', path: '/v1/leads/:leadId/stage' },
  problems: [Problems.notFound, LeadProblems.unknownStage],
});

export const listStages = defineOperation<PageQuery, Page<StageView>>('leads', 'list-stages', {
  summary: "The tenant's stages, in order",
  input: PageQuery,
  answer: StagePage,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/lead-stages' },
});

export const listStatuses = defineOperation<PageQuery, Page<StatusView>>('leads', 'list-statuses', {
  summary: "The tenant's lead statuses",
  input: PageQuery,
  answer: StatusPage,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/lead-statuses' },
});

export const getTimeline = defineOperation<TimelineQuery, Page<TimelineEntry>>('leads', 'get-timeline', {
  summary: 'What happened with a lead, newest first',
  input: TimelineQuery,
  answer: TimelinePage,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/leads/:leadId/timeline' },
  problems: [Problems.notFound, Problems.cursor],
});

export const selectSegment = defineOperation<SelectSegment, Page<LeadView>>('leads', 'select-segment', {
  summary: 'The leads of a segment, oldest first, page by page',
  input: SelectSegment,
  answer: LeadPage,
  access: 'internal',
  effect: 'read',
});
