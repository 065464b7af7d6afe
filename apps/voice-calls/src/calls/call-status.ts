import type { CALL_STATUSES } from '#leadwire/contracts';

export type CallStatus = (typeof CALL_STATUSES)[number];

/** Why a call ended. */
export type EndReason =
  | 'conversation-ended'
  | 'voicemail'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'unreachable'
  | 'cancelled'
  | 'unknown-agent'
  | 'unknown-number'
  | 'bad-callee'
  | 'insufficient-funds'
  | 'reservation-refused'
  | 'not-dialled-in-time'
  | 'carrier-refused'
  | 'lost-by-carrier';

/** What is told once of a call. */
export type CallFact = 'ringing' | 'answered' | 'completed' | 'failed';

/** How the carrier says that a call stands. */
export interface CarrierReport {
  /** Twilio's CallStatus. */
  status: string;
  answeredBy: string | null;
  sipResponseCode: string | null;
}

/** A step forward: where the call stands now, and what is to be told of it, in order. */
export interface Advance {
  status: CallStatus;
  endReason: EndReason | null;
  facts: CallFact[];
}

const RANKS: Partial<Record<CallStatus, number>> = { queued: 0, dialling: 1, ringing: 2, in_progress: 3 };
const ENDED = 4;
const ANSWERED_BY_MACHINE = /^(machine|fax)/;

const OUTCOMES: Record<string, { status: CallStatus; endReason: EndReason | null }> = {
  queued: { status: 'dialling', endReason: null },
  initiated: { status: 'dialling', endReason: null },
  ringing: { status: 'ringing', endReason: null },
  'in-progress': { status: 'in_progress', endReason: null },
  completed: { status: 'completed', endReason: 'conversation-ended' },
  busy: { status: 'busy', endReason: 'busy' },
  'no-answer': { status: 'no_answer', endReason: 'no-answer' },
  failed: { status: 'failed', endReason: 'unreachable' },
  canceled: { status: 'cancelled', endReason: 'cancelled' },
};

/** How far a call has come; a call that has ended has come as far as any. */
export function rankOf(status: CallStatus): number {
  return RANKS[status] ?? ENDED;
}

/** Whether a call has ended. */
export function hasEnded(status: CallStatus): boolean {
  return rankOf(status) === ENDED;
}

/**
 * Where a report takes a call: forward or nowhere (undefined), so that late, doubled and reordered reports change
 * nothing. What a report leaps over has happened all the same and is told with it: a call that completed rang and was
 * answered, even if the reports of that are still on their way.
 */
export function advance(current: CallStatus, report: CarrierReport): Advance | undefined {
  const reached = outcomeOf(report);
  if (!reached || rankOf(reached.status) <= rankOf(current)) return undefined;
  return { ...reached, facts: factsBetween(rankOf(current), reached.status) };
}

function outcomeOf({ status, answeredBy, sipResponseCode }: CarrierReport) {
  if (status === 'completed' && ANSWERED_BY_MACHINE.test(answeredBy ?? '')) {
    return { status: 'voicemail', endReason: 'voicemail' } as const;
  }
  // SIP 603: the callee declined; Twilio knows no such status and says busy.
  if (status === 'busy' && sipResponseCode === '603') return { status: 'rejected', endReason: 'rejected' } as const;
  return OUTCOMES[status];
}

function factsBetween(from: number, status: CallStatus): CallFact[] {
  const answered = status === 'in_progress' || status === 'completed' || status === 'voicemail';
  const rang = answered || status === 'ringing' || status === 'no_answer' || status === 'rejected';
  const facts: CallFact[] = [];
  if (rang && from < 2) facts.push('ringing');
  if (answered && from < 3) facts.push('answered');
  if (hasEnded(status)) facts.push(answered ? 'completed' : 'failed');
  return facts;
}
