import type { StepConfig } from '../campaigns/step-config.js';
import { hasEnded } from '../enrolments/enrolment-status.js';

/** What is known of an enrolment when its turn has come; read under its lock. */
export interface StepSituation {
  status: string;
  campaignStatus: string;
  stepType: string;
  config: StepConfig;
  email: string | null;
  phone: string | null;
  /** The person's mail address or phone number is suppressed. */
  suppressed: boolean;
  /** Status of the last intent of this step, if there was one. */
  intent: string | null;
}

export type StepDecision =
  | { do: 'resolve' }
  | { do: 'rest' }
  | { do: 'release' }
  | { do: 'stop'; reason: string }
  | { do: 'wait'; seconds: number }
  | { do: 'finish' }
  | { do: 'skip'; reason: string }
  | { do: 'call' }
  | { do: 'mail' };

/**
 * What to do with an enrolment that is due. An intent without an outcome comes first, whatever the gates say: finding
 * out what became of it touches nobody. `sendAgain`: it was found out that the intent's mail was never taken.
 */
export function decideStep(situation: StepSituation, sendAgain: boolean): StepDecision {
  const { status, campaignStatus, suppressed, intent } = situation;
  if (intent === 'queued' && !sendAgain) return { do: 'resolve' };
  if (hasEnded(status) || status === 'held') return { do: 'rest' };
  if (campaignStatus !== 'running') return { do: 'release' };
  if (suppressed) return { do: 'stop', reason: 'suppressed' };
  return actOf(situation);
}

function actOf({ stepType, status, config, email, phone }: StepSituation): StepDecision {
  switch (stepType) {
    case 'delay':
      return status === 'waiting' ? { do: 'finish' } : { do: 'wait', seconds: Number(config.seconds) };
    case 'voice_agent_call':
      return phone ? { do: 'call' } : { do: 'skip', reason: 'the lead has no phone number' };
    case 'email_send':
      return email ? { do: 'mail' } : { do: 'skip', reason: 'the lead has no mail address' };
    default:
      return { do: 'skip', reason: `no step of type ${stepType} can run` };
  }
}
