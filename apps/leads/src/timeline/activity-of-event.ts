import {
  bookingScheduled,
  callAnalyzed,
  callCompleted,
  callFailed,
  contactSuppressed,
  enrolmentCompleted,
  enrolmentStopped,
  leadScored,
  leadStageChanged,
  messageReplied,
  messageSent,
  stepSkipped,
  type DomainEvent,
} from '#leadwire/contracts';
import type { ReceivedEvent } from '#leadwire/messaging';

/** What a timeline says of one event. */
export interface ActivityText {
  leadId: string;
  summary: string;
  details: Record<string, unknown>;
}

interface Telling {
  event: DomainEvent<any>;
  say: (payload: any) => string;
}

function tell<P extends object>(event: DomainEvent<P>, say: (payload: P) => string): Telling {
  return { event, say };
}

const because = (reason: string | null): string => (reason ? `: ${reason}` : '');
const about = (subject: string | null): string => (subject ? `: ${subject}` : '');

const TELLINGS: readonly Telling[] = [
  tell(messageSent, ({ channel, subject }) => `Message sent by ${channel}${about(subject)}`),
  tell(messageReplied, ({ channel, subject }) => `The lead answered by ${channel}${about(subject)}`),
  tell(enrolmentCompleted, () => 'Went through every step of a campaign'),
  tell(enrolmentStopped, ({ reason }) => `Left a campaign${because(reason)}`),
  tell(stepSkipped, ({ stepType, reason }) => `Step ${stepType} left out${because(reason)}`),
  tell(contactSuppressed, ({ address, reason }) => `${address} must not be contacted any more: ${reason}`),
  tell(callCompleted, ({ status, durationSeconds }) => `Call ended as ${status} after ${durationSeconds} s`),
  tell(callFailed, ({ status, endReason }) => `Call ended as ${status}${because(endReason)}`),
  tell(callAnalyzed, ({ summary }) => summary),
  tell(leadStageChanged, ({ from, to, by }) => `Moved from ${from} to ${to} by ${by === 'person' ? 'a person' : 'automation'}`),
  tell(leadScored, ({ score, previousScore, temperature }) => `Score ${previousScore} → ${score}, ${temperature}`),
  tell(bookingScheduled, ({ bookingType, scheduledAt }) => `Booked ${bookingType}${scheduledAt ? ` for ${scheduledAt}` : ', the moment still to be agreed'}`),
];

/** The events that a timeline shows. */
export const TIMELINE_EVENTS = TELLINGS.map(({ event }) => event);

const LONGEST_SUMMARY = 500;

/** The entry of an event; undefined where it is about no lead (a call to a bare number). */
export function activityOfEvent(event: ReceivedEvent<any>): ActivityText | undefined {
  const telling = TELLINGS.find((one) => one.event.type === event.type);
  const leadId: string | null = event.aggregateType === 'lead' ? event.aggregateId : event.payload.leadId;
  if (!telling || !leadId) return undefined;
  return { leadId, summary: telling.say(event.payload).slice(0, LONGEST_SUMMARY).toWellFormed(), details: event.payload };
}
