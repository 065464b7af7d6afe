import { payloadAs, UnknownEventVersion, type DomainEvent } from '#leadwire/contracts';
import { ReceivedEvent } from './received-event.js';

/** What a message says of the versions that its occurrence is told in. */
export interface TellingVersions {
  /** It is an older telling, published beside that version. */
  readonly companionOf?: number;
  /** The oldest version published beside it. */
  readonly oldest?: number;
}

/** What a consumer makes of a message: the event in its version, nothing, or why it cannot. */
export type Understanding = { readonly event: ReceivedEvent; readonly fault?: unknown } | 'passes';

/**
 * Reads an event as the consumer's version of it. One occurrence may be told in several versions, all with one id, and a
 * consumer handles it once: the telling in its own version if there is one, else the original brought up to it.
 *
 * - its own version, original or companion: handled
 * - an older original: upcast. Nothing newer was told when it was published
 * - an older companion: passes. Companions reach down without a gap, so one in the consumer's version or the original,
 *   which it can upcast, is there as well
 * - a newer one with companions down to the consumer's version: passes, for the companion is there
 * - a newer one without: a fault of the event. It is tried by the schedule and kept as a dead letter, never lost, and can
 *   be retried by a consumer that knows it. (Its companion, were there one, would come first and fill the inbox.)
 */
export function understandEvent(event: ReceivedEvent, wanted: DomainEvent<any>, told: TellingVersions = {}): Understanding {
  const { version } = event;
  if (version === wanted.version) return { event };
  if (version < wanted.version) return told.companionOf === undefined ? upcast(event, wanted) : 'passes';
  if (told.oldest !== undefined && told.oldest <= wanted.version) return 'passes';
  return { event, fault: new UnknownEventVersion(event.type, version, [wanted.version]) };
}

function upcast(event: ReceivedEvent, wanted: DomainEvent<any>): Understanding {
  try {
    const payload = payloadAs(wanted, event.version, event.payload);
    return { event: new ReceivedEvent(event.id, event.type, wanted.version, event.tenantId, event.aggregateType, event.aggregateId, event.sequence, event.occurredAt, payload, event.traceFields) };
  } catch (fault) {
    return { event, fault };
  }
}

/** The events a consumer wants by type, each in the newest version that it names. */
export function wantedByType(events: readonly DomainEvent<any>[]): ReadonlyMap<string, DomainEvent<any>> {
  return new Map(events.toSorted((a, b) => a.version - b.version).map((event) => [event.type, event]));
}
