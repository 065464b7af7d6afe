import { defineProblem, Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, integer, list, object, record, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';
import { LeadFilter } from '../leads/leads.operations.js';

export const CAMPAIGN_STATUSES = ['draft', 'running', 'paused', 'completed', 'stopped'] as const;
export const ENROLMENT_STATUSES = ['pending', 'active', 'waiting', 'held', 'completed', 'stopped', 'failed'] as const;
/** The step types that run today; the other types of the domain are refused with their own code. */
export const STEP_TYPES = ['email_send', 'delay', 'voice_agent_call'] as const;

export const CampaignProblems = {
  noSteps: defineProblem('campaigns.no-steps', 400, 'A campaign needs at least one step.', 'Add a step.'),
  unknownStepType: defineProblem('campaigns.unknown-step-type', 400, 'There is no such type of step.', 'Use one of the types that the field names.'),
  badStepConfig: defineProblem('campaigns.bad-step-config', 400, 'The configuration of a step does not fit its type.', 'Correct the named field.'),
  unknownTemplate: defineProblem('campaigns.unknown-template', 400, 'The tenant has no such template.', 'Create the template first.'),
  templateKeyTaken: defineProblem('campaigns.template-key-taken', 409, 'A template with this key, channel and language exists already.', 'Choose another key.'),
  badTemplate: defineProblem('campaigns.bad-template', 400, 'The template cannot be read.', 'Correct the Liquid syntax or declare the variable named.'),
  wrongState: defineProblem('campaigns.wrong-state', 409, 'The campaign is not in a state that allows this.', 'Read the campaign for its status.'),
};

export class CreateTemplate {
  @Field(text({ min: 1, max: 100, pattern: /^[a-z0-9-]+$/ }), { example: 'first-touch' }) key: string;
  @Field(choice(['email']), { optional: true, default: 'email' }) channel?: string;
  @Field(text({ min: 2, max: 10 }), { optional: true, default: 'en' }) language?: string;
  @Field(text({ min: 1, max: 300 }), { example: 'A question for {{ companyName }}' }) subject: string;
  @Field(text({ min: 1, max: 50_000 }), { description: 'Liquid. A variable without a value holds the step.' }) body: string;
}

export class TemplateView extends CreateTemplate {
  @Field(uuid()) id: string;
  @Field(list(text({ max: 100 }), { max: 100 }), { description: 'The variables it uses. One without a value holds the step, unless `if` or `default` provides for it.' }) variables: string[];
  @Field(timestamp()) createdAt: string;
}

export class CampaignStep {
  @Field(text({ min: 1, max: 40 }), { description: `One of ${STEP_TYPES.join(', ')}.`, example: 'email_send' }) type: string;
  @Field(text({ max: 200 }), { optional: true }) title?: string;
  @Field(record(), {
    optional: true,
    description: 'email_send: { templateKey }; delay: { seconds }; voice_agent_call: { agentId, fromNumberId }.',
  })
  config?: Record<string, unknown>;
}

export class Segment {
  @Field(object(() => LeadFilter)) filter: LeadFilter;
  @Field(integer({ min: 1, max: 1_000_000 }), { optional: true, description: 'Enrol at most so many, oldest first.' }) limit?: number;
}

export class CreateCampaign {
  @Field(text({ min: 1, max: 200 }), { example: 'Spring outreach' }) name: string;
  @Field(text({ max: 2000 }), { optional: true }) description?: string;
  @Field(list(object(() => CampaignStep), { max: 50 })) steps: CampaignStep[];
  @Field(object(() => Segment)) segment: Segment;
}

export class CampaignId {
  @Field(uuid()) campaignId: string;
}

/** How many enrolments stand where, and what was done. */
export class CampaignProgress {
  @Field(integer({ min: 0 })) enrolled: number;
  @Field(integer({ min: 0 })) active: number;
  @Field(integer({ min: 0 })) waiting: number;
  @Field(integer({ min: 0 }), { description: 'A template variable had no value: nothing was sent.' }) held: number;
  @Field(integer({ min: 0 })) completed: number;
  @Field(integer({ min: 0 })) stopped: number;
  @Field(integer({ min: 0 })) failed: number;
  @Field(integer({ min: 0 })) mailsSent: number;
  @Field(integer({ min: 0 })) callsRequested: number;
  @Field(integer({ min: 0 })) replies: number;
  @Field(integer({ min: 0 })) unsubscribes: number;
}

export class CampaignView {
  @Field(uuid()) id: string;
  @Field(text({ max: 200 })) name: string;
  @Field(choice(CAMPAIGN_STATUSES)) status: string;
  @Field(list(object(() => CampaignStep), { max: 50 })) steps: CampaignStep[];
  @Field(object(() => Segment)) segment: Segment;
  @Field(object(() => CampaignProgress)) progress: CampaignProgress;
  @Field(timestamp()) createdAt: string;
  @Field(timestamp(), { nullable: true }) startedAt: string | null;
  @Field(timestamp(), { nullable: true }) completedAt: string | null;
}

export class CampaignPage extends pageOf(CampaignView) {}

export class CampaignPageQuery extends PageQuery {
  @Field(uuid()) campaignId: string;
}

export class ListEnrolments extends CampaignPageQuery {
  @Field(choice(ENROLMENT_STATUSES), { optional: true }) status?: string;
}

export class EnrolmentView {
  @Field(uuid()) id: string;
  @Field(uuid()) leadId: string;
  @Field(text({ max: 320 }), { nullable: true }) email: string | null;
  @Field(text({ max: 40 }), { nullable: true }) phone: string | null;
  @Field(choice(ENROLMENT_STATUSES)) status: string;
  @Field(text({ max: 300 }), { nullable: true, description: 'Why it is held, stopped or failed.' }) reason: string | null;
  @Field(integer({ min: 0 })) currentStepOrder: number;
  @Field(timestamp()) updatedAt: string;
}

export class EnrolmentPage extends pageOf(EnrolmentView) {}

export class ActivityView {
  @Field(uuid()) id: string;
  @Field(uuid()) campaignLeadId: string;
  @Field(uuid()) leadId: string;
  @Field(text({ max: 40 })) stepType: string;
  @Field(text({ max: 40 })) channel: string;
  @Field(text({ max: 40 }), { description: 'queued, deferred, sent, sent-unknown, failed, skipped, requested, completed, replied, auto-replied, bounced, unsubscribed.' }) status: string;
  @Field(text({ max: 300 }), { nullable: true }) subject: string | null;
  @Field(text({ max: 2000 }), { nullable: true }) detail: string | null;
  @Field(text({ max: 500 }), { nullable: true, description: 'Message-ID of the mail, or the id of the call.' }) reference: string | null;
  @Field(timestamp()) createdAt: string;
}

export class ActivityPage extends pageOf(ActivityView) {}

export const createTemplate = defineOperation<CreateTemplate, TemplateView>('campaigns', 'create-template', {
  summary: 'Create a message template',
  input: CreateTemplate,
  answer: TemplateView,
  access: 'campaigns:write',
  effect: 'write',
  http: { method: 'POST', path: '/v1/templates', status: 201 },
  problems: [CampaignProblems.badTemplate, CampaignProblems.templateKeyTaken],
});

export const createCampaign = defineOperation<CreateCampaign, CampaignView>('campaigns', 'create-campaign', {
  summary: 'Create a campaign, as a draft',
  input: CreateCampaign,
  answer: CampaignView,
  access: 'campaigns:write',
  effect: 'write',
  http: { method: 'POST', path: '/v1/campaigns', status: 201 },
  problems: [CampaignProblems.noSteps, CampaignProblems.unknownStepType, CampaignProblems.badStepConfig, CampaignProblems.unknownTemplate],
});

export const getCampaign = defineOperation<CampaignId, CampaignView>('campaigns', 'get-campaign', {
  summary: 'Read a campaign and its progress',
  input: CampaignId,
  answer: CampaignView,
  access: 'campaigns:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/campaigns/:campaignId' },
  problems: [Problems.notFound],
});

export const listCampaigns = defineOperation<PageQuery, Page<CampaignView>>('campaigns', 'list-campaigns', {
  summary: 'List campaigns, newest first',
  input: PageQuery,
  answer: CampaignPage,
  access: 'campaigns:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/campaigns' },
});

function transition(name: string, verb: string) {
  return defineOperation<CampaignId, CampaignView>('campaigns', `${name}-campaign`, {
    summary: `${verb} a campaign`,
    input: CampaignId,
    answer: CampaignView,
    access: 'campaigns:run',
    effect: 'write',
    http: { method: 'POST', path: `/v1/campaigns/:campaignId/${name}` },
    problems: [Problems.notFound, CampaignProblems.wrongState],
  });
}

export const startCampaign = transition('start', 'Enrol the segment and start');
export const pauseCampaign = transition('pause', 'Pause');
export const resumeCampaign = transition('resume', 'Resume');

export const listEnrolments = defineOperation<ListEnrolments, Page<EnrolmentView>>('campaigns', 'list-enrolments', {
  summary: 'The enrolled leads of a campaign and where each stands',
  input: ListEnrolments,
  answer: EnrolmentPage,
  access: 'campaigns:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/campaigns/:campaignId/leads' },
  problems: [Problems.notFound],
});

export const listActivities = defineOperation<CampaignPageQuery, Page<ActivityView>>('campaigns', 'list-activities', {
  summary: 'What a campaign did, newest first',
  input: CampaignPageQuery,
  answer: ActivityPage,
  access: 'campaigns:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/campaigns/:campaignId/activities' },
  problems: [Problems.notFound],
});
