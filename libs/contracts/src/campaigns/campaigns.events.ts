import { defineEvent } from '../declare/event.js';
import { Field } from '../declare/field.js';
import { integer, text, uuid } from '../declare/field-types.js';

export class CampaignStarted {
  @Field(text({ max: 200 })) name: string;
  @Field(integer({ min: 0 })) enrolled: number;
}

export class CampaignPaused {
  @Field(text({ max: 200 })) name: string;
}

export class CampaignCompleted {
  @Field(integer({ min: 0 })) enrolled: number;
}

/** An enrolment is the aggregate: one lead's way through one campaign. */
export class EnrolmentFact {
  @Field(uuid()) campaignId: string;
  @Field(uuid()) leadId: string;
  @Field(text({ max: 300 }), { nullable: true }) reason: string | null;
}

export class StepFact {
  @Field(uuid()) campaignId: string;
  @Field(uuid()) leadId: string;
  @Field(uuid()) stepId: string;
  @Field(text({ max: 40 })) stepType: string;
  @Field(text({ max: 300 }), { nullable: true }) reason: string | null;
}

export class MessageFact {
  @Field(uuid()) campaignId: string;
  @Field(uuid()) leadId: string;
  @Field(text({ max: 40 })) channel: string;
  @Field(text({ max: 500 })) messageId: string;
  @Field(text({ max: 300 }), { nullable: true }) subject: string | null;
}

export class ContactSuppressed {
  @Field(text({ max: 320 })) address: string;
  @Field(text({ max: 40 })) reason: string;
  @Field(uuid(), { nullable: true }) leadId: string | null;
}

/** The enrolment asks for a call; the aggregate is the enrolment. */
export class CallRequested {
  @Field(uuid()) campaignId: string;
  @Field(uuid()) stepId: string;
  @Field(uuid()) leadId: string;
  @Field(text({ max: 40 })) to: string;
  @Field(text({ max: 200 }), { nullable: true }) leadName: string | null;
  @Field(text({ max: 200 }), { nullable: true }) companyName: string | null;
  @Field(uuid()) agentId: string;
  @Field(uuid()) fromNumberId: string;
}

export const campaignStarted = defineEvent('campaigns', 'campaign', 'started', { summary: 'A campaign was started and its segment enrolled.', payload: CampaignStarted });
export const campaignPaused = defineEvent('campaigns', 'campaign', 'paused', { summary: 'A campaign was paused.', payload: CampaignPaused, urgent: true });
export const campaignCompleted = defineEvent('campaigns', 'campaign', 'completed', { summary: 'Every enrolment of a campaign has ended.', payload: CampaignCompleted });
export const leadEnrolled = defineEvent('campaigns', 'enrolment', 'enrolled', { summary: 'A lead was enrolled.', payload: EnrolmentFact });
export const enrolmentCompleted = defineEvent('campaigns', 'enrolment', 'completed', { summary: 'A lead went through every step.', payload: EnrolmentFact });
export const enrolmentStopped = defineEvent('campaigns', 'enrolment', 'stopped', { summary: 'A lead left before the last step.', payload: EnrolmentFact, urgent: true });
export const stepExecuted = defineEvent('campaigns', 'enrolment', 'step-executed', { summary: 'A step was done.', payload: StepFact });
export const stepSkipped = defineEvent('campaigns', 'enrolment', 'step-skipped', { summary: 'A step was left out or held, with the reason.', payload: StepFact });
export const stepFailed = defineEvent('campaigns', 'enrolment', 'step-failed', { summary: 'A step failed for good.', payload: StepFact });
export const messageSent = defineEvent('campaigns', 'enrolment', 'message-sent', { summary: 'A message was accepted by the channel.', payload: MessageFact });
export const messageReplied = defineEvent('campaigns', 'enrolment', 'message-replied', { summary: 'The lead answered.', payload: MessageFact, urgent: true });
export const callRequested = defineEvent('campaigns', 'enrolment', 'call-requested', { summary: 'A step asks for a call.', payload: CallRequested });
export const contactSuppressed = defineEvent('campaigns', 'suppression', 'added', { summary: 'An address must not be contacted any more.', payload: ContactSuppressed, urgent: true });
