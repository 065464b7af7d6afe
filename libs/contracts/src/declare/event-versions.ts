import type { DomainEvent } from './event.js';

/** An event came in a version that the reader's declaration does not reach. */
export class UnknownEventVersion extends Error {
  override readonly name = 'UnknownEventVersion';
  /** Stable. */
  readonly code = 'contracts.unknown-event-version';

  constructor(
    readonly type: string,
    readonly version: number,
    readonly known: readonly number[],
  ) {
    super(`${type} came as v${version}; declared here: ${known.map((each) => `v${each}`).join(', ')}`);
  }
}

/** An older version to publish beside an event, for those who still read it. */
export interface Companion {
  readonly version: number;
  readonly payload: object;
}

/** The versions of an event that are still declared: this one first, then those it supersedes, the oldest last. */
export function versionsOf(event: DomainEvent<any>): DomainEvent<any>[] {
  const { supersedes } = event;
  return supersedes ? [event, ...versionsOf(supersedes.event)] : [event];
}

/**
 * A payload that came in some declared version, as this version of the event tells it: upcast step by step. Throws
 * UnknownEventVersion for a newer version and for one that is no longer declared.
 */
export function payloadAs<P extends object>(event: DomainEvent<P>, version: number, payload: object): P {
  const older = versionsOf(event);
  const from = older.findIndex((each) => each.version === version);
  if (from < 0) throw new UnknownEventVersion(event.type, version, older.map((each) => each.version));
  return older.slice(0, from).reduceRight<object>((told, each) => each.supersedes!.upcast(told), payload) as P;
}

/** The older versions of one occurrence to publish beside it, newest first: down to where `downcast` ends. */
export function companionsOf(event: DomainEvent<any>, payload: object): Companion[] {
  const { supersedes } = event;
  if (!supersedes?.downcast) return [];
  const older: object = supersedes.downcast(payload);
  return [{ version: supersedes.event.version, payload: older }, ...companionsOf(supersedes.event, older)];
}
