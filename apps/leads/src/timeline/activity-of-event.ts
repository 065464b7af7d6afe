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

const LONGEST_SUMMARY = 500;

/** What a timeline says of one event. */
export interface ActivityText {
  leadId: string;
  summary: string;
  details: Record<string, unknown>;
}

interface Telling {
  event: DomainEvent;
  /** The entry, where the event is this one and about a lead. */
  read: (received: ReceivedEvent) => ActivityText | undefined;
}

function entry(leadId: string | null, summary: string, details: object): ActivityText | undefined {
  return leadId ? { leadId, summary: summary.slice(0, LONGEST_SUMMARY).toWellFormed(), details: { ...details } } : undefined;
}

/** Of an event that names its lead. */
function tell<P extends { leadId: string | null }>(event: DomainEvent<P>, say: (payload: P) => string): Telling {
  return { event, read: (received) => (received.is(event) ? entry(received.payload.leadId, say(received.payload), received.payload) : undefined) };
}

/** Of an event whose aggregate is the lead. */
function tellOfLead<P extends object>(event: DomainEvent<P>, say: (payload: P) => string): Telling {
  return { event, read: (received) => (received.is(event) ? entry(received.aggregateId, say(received.payload), received.payload) : undefined) };
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
  tellOfLead(leadStageChanged, ({ from, to, by }) => `Moved from ${from} to ${to} by ${by === 'person' ? 'a person' : 'automation'}`),
  tellOfLead(leadScored, ({ score, previousScore, temperature }) => `Score ${previousScore} → ${score}, ${temperature}`),
  tell(bookingScheduled, ({ bookingType, scheduledAt }) => `Booked ${bookingType}${scheduledAt ? ` for ${scheduledAt}` : ', the moment still to be agreed'}`),
];

/** The events that a timeline shows. */
export const TIMELINE_EVENTS = TELLINGS.map(({ event }) => event);

/** The entry of an event; undefined where it is about no lead (a call to a bare number). */
export function activityOfEvent(received: ReceivedEvent): ActivityText | undefined {
  return TELLINGS.find(({ event }) => event.type === received.type)?.read(received);
}
