import type { LockedEnrolment, StepReference } from '../enrolments/enrolment-moves.js';
import type { DueStep, StoredIntent } from './due-step.js';

/** One mail to one lead: stored before it leaves, so that a dead process leaves a trace of what it was about to do. */
export interface MailIntent {
  tenantId: string;
  activityId: string;
  enrolment: Pick<LockedEnrolment, 'id' | 'campaignId' | 'leadId'>;
  step: StepReference;
  attempt: number;
  resends: number;
  messageId: string;
  to: string;
  subject: string;
  text: string;
  unknownForMs: number | null;
}

/** The intent that a process before us left without an outcome. */
export function leftBehind(tenantId: string, { enrolment, step }: DueStep, intent: StoredIntent): MailIntent {
  const { id: activityId, attempt, resends, messageId, subject, text, unknownForMs } = intent;
  return { tenantId, activityId, enrolment, step, attempt, resends, messageId, to: enrolment.email!, subject, text, unknownForMs };
}
