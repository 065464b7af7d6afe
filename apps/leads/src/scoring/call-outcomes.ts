import type { Vertical } from '../pipeline/rules/pipeline-vertical.js';

export const CALL_DISPOSITIONS = [
  'appointment_requested',
  'interested',
  'callback_requested',
  'undecided',
  'price_objection',
  'gatekeeper',
  'voicemail',
  'no_conversation',
  'already_has_provider',
  'wrong_person',
  'not_interested',
  'do_not_call',
] as const;
export type CallDisposition = (typeof CALL_DISPOSITIONS)[number];

/** How far a call has brought the lead. nobody: the lead was not spoken to. */
export type CallMilestone = 'wants' | 'spoken' | 'nobody' | 'refused';

/**
 * | the call ended with                                            | milestone | why |
 * | appointment_requested, interested                              | wants     | a meeting is a booking, not yet an offer: `proposal` is a person's step |
 * | callback, undecided, price, has a provider, not interested     | spoken    | a no today is no reason to close the lead: a person may, automation does not |
 * | gatekeeper, voicemail, no conversation, wrong person           | nobody    | the lead was not reached, so nothing is known |
 * | do_not_call                                                    | refused   | the only word on which automation loses a lead |
 */
export const MILESTONES: Readonly<Record<CallDisposition, CallMilestone>> = {
  appointment_requested: 'wants',
  interested: 'wants',
  callback_requested: 'spoken',
  undecided: 'spoken',
  price_objection: 'spoken',
  already_has_provider: 'spoken',
  not_interested: 'spoken',
  gatekeeper: 'nobody',
  voicemail: 'nobody',
  no_conversation: 'nobody',
  wrong_person: 'nobody',
  do_not_call: 'refused',
};

/** Which stage a milestone proposes; null proposes none. Whether the lead goes there is for `advanceStage`. */
export const STAGE_AFTER_CALL: Readonly<Record<Vertical, Readonly<Record<CallMilestone, string | null>>>> = {
  sales: { wants: 'qualified', spoken: 'contacted', nobody: null, refused: 'lost' },
  broker: { wants: 'perfilamiento', spoken: null, nobody: null, refused: 'perdido' },
  education: { wants: 'profile_review', spoken: null, nobody: null, refused: 'withdrawn' },
};

/** A broker's lead with an appointment is on the calendar, whatever is known of the money. */
export const STAGE_WITH_APPOINTMENT: Readonly<Partial<Record<Vertical, string>>> = { broker: 'agendado' };
