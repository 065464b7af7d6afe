import type { LeadSnapshot } from '#leadwire/contracts';
import { leadText } from '../encoder/lead-text.js';
import { excerptOf } from './excerpt.js';

/** The newest that is known of a lead, as text. */
export interface LeadChange {
  readonly eventId: string;
  readonly leadId: string;
  readonly sequence: number;
  /** Empty when the lead says nothing about itself. */
  readonly content: string;
  readonly contentHash: string;
  readonly excerpt: string;
}

/** What of an event counts here. */
export interface LeadEvent {
  readonly id: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly payload: LeadSnapshot;
}

/** What the index holds of a lead already. */
export interface KnownLead {
  readonly leadId: string;
  readonly contentHash: string;
  readonly sequence: number;
}

/** What has to be done for a set of changes. */
export interface IndexWork {
  /** Newer and of another text than what is known. */
  readonly changed: LeadChange[];
  /** Newer, and the text is the same: the vector stays. */
  readonly unchanged: LeadChange[];
}

/** One change a lead: each event holds the whole lead, so the newest says all. */
export function newestChanges(events: readonly LeadEvent[]): LeadChange[] {
  const newest = new Map<string, LeadEvent>();
  for (const event of events) {
    const before = newest.get(event.aggregateId);
    if (!before || before.sequence < event.sequence) newest.set(event.aggregateId, event);
  }
  return [...newest.values()].map(changeOf);
}

/** Sorts changes by what they need; those older than what is known need nothing. */
export function workFor(changes: readonly LeadChange[], known: readonly KnownLead[]): IndexWork {
  const knownById = new Map(known.map((lead) => [lead.leadId, lead]));
  const newer = changes.filter(({ leadId, sequence }) => sequence > (knownById.get(leadId)?.sequence ?? 0));
  const isSame = (change: LeadChange) => knownById.get(change.leadId)?.contentHash === change.contentHash;
  return { changed: newer.filter((change) => !isSame(change)), unchanged: newer.filter(isSame) };
}

function changeOf({ id, aggregateId, sequence, payload }: LeadEvent): LeadChange {
  const { industry, city, country, customFields } = payload;
  const { text, hash } = leadText({ ...payload, customFields: { ...customFields, ...given({ industry, city, country }) } });
  return { eventId: id, leadId: aggregateId, sequence, content: text, contentHash: hash, excerpt: excerptOf(text) };
}

/** A tenant may keep its own `industry` among the custom fields; an empty one of ours must not hide it. */
function given(fields: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1])));
}
