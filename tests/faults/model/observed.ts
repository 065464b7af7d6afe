/** A committed fact: what its writer noted in the event's own transaction. */
export interface Fact {
  readonly tenantId: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly mark: string;
  readonly n: number;
  readonly poison: boolean;
}

/** A row of the outbox. */
export interface OutboxEvent {
  readonly position: number;
  readonly id: string;
  readonly tenantId: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly mark: string;
  readonly urgent: boolean;
  readonly published: boolean;
}

/** What a consumer did, in the order it did it. */
export interface Effect {
  readonly consumer: string;
  readonly eventId: string;
}

export interface DeadLetter {
  readonly consumer: string;
  readonly eventId: string;
}

/** A message of the stream that a relay published, in the stream's order. */
export interface StreamEvent {
  readonly eventId: string;
  readonly lane: string;
}

/** A reader of the stream, as the server counts what it has left. */
export interface DurableState {
  readonly name: string;
  readonly pending: number;
  readonly unacknowledged: number;
}

/** Everything that was there to see when all had ended. */
export interface Observed {
  readonly facts: readonly Fact[];
  readonly events: readonly OutboxEvent[];
  readonly effects: readonly Effect[];
  readonly deadLetters: readonly DeadLetter[];
  readonly stream: readonly StreamEvent[];
  readonly durables: readonly DurableState[];
  /** Events that wait behind one that failed. */
  readonly parked: number;
}

/** What a consumer hears, and what it can never handle. */
export interface Listener {
  readonly name: string;
  readonly types: readonly string[];
  readonly givesUp: boolean;
}
