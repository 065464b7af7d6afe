import type { Disposition, Evidence } from './call-analyser.port.js';
import type { AgreedTime } from './appointment.js';
import { conditional, cues, denies, straightened } from './disposition-cues.js';
import type { SpokenLine } from './spoken-line.js';

export interface Signal {
  disposition: Disposition;
  /** Its place among the lines read. */
  at: number;
  evidence: Evidence;
}

const FINAL = ['do_not_call', 'voicemail', 'wrong_person'] as const;
const YES = ['appointment_requested', 'callback_requested', 'interested'] as const;
const REASONS = ['already_has_provider', 'price_objection'] as const;
// Asked with these, a bare "no" is an answer to the offer and not to a detail.
const OFFER = /\b(interested|would you like|do you want|are you looking|(can|may|shall|could|should) (i|we) (send|book|tell|give|show|mail|put|set)|would you be open)\b/;

/** Every outcome that the person called speaks for, in the order they spoke. */
export function signalsIn(lines: SpokenLine[]): Signal[] {
  return lines.flatMap((line, at) => {
    if (!line.byCustomer) return [];
    const asked = lines[at - 1]?.byCustomer === false ? lines[at - 1]!.plain : '';
    return dispositionsOf(line, asked).map((disposition) => ({ disposition, at, evidence: line.evidence }));
  });
}

/**
 * Refusals that bind (do not call, wrong person, a machine) win wherever they stand. Else the last stand counts: a yes
 * after the last no, with the firmest form of it; otherwise the no, with its reason where one was given.
 */
export function decide(signals: Signal[], agreed: AgreedTime, lines: SpokenLine[]): Signal | undefined {
  const final = FINAL.map((one) => signals.find((signal) => signal.disposition === one)).find(Boolean);
  if (final) return final;
  const all = [...signals, ...agreedSignal(agreed, lines)].toSorted((a, b) => a.at - b.at);
  const no = all.findLastIndex((signal) => signal.disposition === 'not_interested');
  const open = all.slice(no + 1);
  const firm = firmest(open.filter((signal) => signal.disposition !== 'interested' || !objectedAfter(open, signal)), YES);
  const gate = all.find((signal) => signal.disposition === 'gatekeeper');
  if (gate && firm?.disposition !== 'appointment_requested') return gate;
  if (firm) return firm;
  return firmest(all.filter((signal) => !superseded(all, signal)), REASONS) ?? all[no];
}

function agreedSignal({ appointment, byPhone, at }: AgreedTime, lines: SpokenLine[]): Signal[] {
  if (!appointment.wished || at < 0) return [];
  const disposition = byPhone ? 'callback_requested' : 'appointment_requested';
  return [{ disposition, at, evidence: lines[at]!.evidence }];
}

function firmest(signals: Signal[], order: readonly Disposition[]): Signal | undefined {
  return order.map((one) => signals.findLast((signal) => signal.disposition === one)).find(Boolean);
}

const isReason = (signal: Signal) => REASONS.some((one) => one === signal.disposition);

/** "Sounds good … oh, that's too expensive": interest does not outlive the objection that follows it. */
function objectedAfter(signals: Signal[], interest: Signal): boolean {
  return signals.slice(signals.indexOf(interest) + 1).some(isReason);
}

function superseded(signals: Signal[], objection: Signal): boolean {
  const later = signals.slice(signals.indexOf(objection) + 1);
  return isReason(objection) && later.some((signal) => signal.disposition === 'interested');
}

function dispositionsOf(line: SpokenLine, asked: string): Disposition[] {
  const clauses = line.clauses.map(straighten);
  const whole = straighten(line.plain);
  const found = clauses.flatMap((clause) => spokenFor(clause, whole));
  if (found.length > 0) return [...new Set(found)];
  if (OFFER.test(asked) && /^(no|nope|nah|not really)\b/.test(whole) && line.clauses.length <= 2) return ['not_interested'];
  if (OFFER.test(asked) && /^(yes|yeah|yep|sure|ok(ay)?|absolutely|definitely|of course|please|go (ahead|on)|fine)\b/.test(whole)) return ['interested'];
  return [];
}

function spokenFor(clause: string, whole: string): Disposition[] {
  const found = (Object.keys(cues) as (keyof typeof cues)[]).filter((one) => cues[one].test(clause));
  if (cues.voicemail.test(whole) && !found.includes('voicemail')) found.push('voicemail');
  return found.filter((one) => holds(one, clause, whole));
}

function holds(disposition: Disposition, clause: string, whole: string): boolean {
  const test = (pattern: RegExp) => pattern.test(clause);
  if (disposition === 'interested') return !test(denies) && !test(conditional);
  if (disposition === 'callback_requested') return !/\bdo not (call|ring|phone)\b(?!.*\b(until|before|till)\b)/.test(clause);
  if (disposition === 'not_interested') return !/\b(if|when) (i am|we are) not interested\b/.test(clause);
  if (disposition === 'do_not_call') return !/\b(unless|until)\b/.test(whole);
  if (disposition === 'already_has_provider') return !/\b(not|no longer) (very |really |that |so )?(happy|satisfied|fine|under|in a)\b|\bused to\b/.test(clause);
  return true;
}

function straighten(text: string): string {
  return straightened.reduce((said, [pattern, words]) => said.replaceAll(pattern, words), text);
}
