import { DateTime } from 'luxon';
import type { CallContext, Disposition, Extraction, Sentiment } from './call-analyser.port.js';

const outcomes: Record<Disposition, string> = {
  interested: 'is interested',
  appointment_requested: 'asked for an appointment',
  callback_requested: 'asked to be called back',
  not_interested: 'is not interested',
  do_not_call: 'asked not to be called again',
  wrong_person: 'is not the person we were looking for',
  already_has_provider: 'already has a provider',
  price_objection: 'finds it too expensive',
  gatekeeper: 'answered for somebody else',
  voicemail: 'could not be reached: a machine answered',
  no_conversation: 'said nothing',
  undecided: 'has not decided',
};

/** Two sentences: how the call ended and in what mood, and what was learnt. */
export function summaryOf(disposition: Disposition, sentiment: Sentiment, found: Extraction, context: CallContext): string {
  const who = found.name?.value ?? context.leadName?.trim() ?? '';
  const silent = disposition === 'voicemail' || disposition === 'no_conversation';
  const when = found.appointment.wished ? spokenTime(found.appointment.startsAt ?? found.appointment.phrase, context) : '';
  const mood = silent ? '' : `, in a ${sentiment} mood`;
  return `${who || 'The person called'} ${outcomes[disposition]}${when}${mood}. ${learnt(found)}`;
}

function learnt({ budget, timeline, objections, decisionMaker, referral, email, phone }: Extraction): string {
  const facts = [
    budget && `a budget of ${budget.value.amount}${budget.value.currency ? ` ${budget.value.currency}` : ''}`,
    timeline && `a timeline (${timeline.value})`,
    objections.length > 0 && `objections (${objections.map(({ value }) => value.replace('_', ' ')).join(', ')})`,
    decisionMaker && (decisionMaker.value ? 'that they decide' : 'that somebody else decides'),
    referral && `whom to ask (${referral.value})`,
    (email ?? phone) && `how to reach them (${[email?.value, phone?.value].filter(Boolean).join(', ')})`,
  ].filter((fact) => typeof fact === 'string');
  return facts.length === 0 ? 'Nothing else was learnt.' : `Learnt: ${facts.join('; ')}.`;
}

function spokenTime(when: string | undefined, { timeZone }: CallContext): string {
  if (!when) return '';
  const time = DateTime.fromISO(when, { zone: timeZone, locale: 'en' });
  return time.isValid && when.includes('T') ? ` for ${time.toFormat('cccc d LLLL, HH:mm')}` : ` (${when})`;
}
