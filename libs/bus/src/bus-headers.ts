/** Headers of requests on the bus. */
export const RequestHeaders = {
  /** The signed context: who calls, for which tenant. */
  context: 'Leadwire-Context',
  requestId: 'Leadwire-Request-Id',
  idempotencyKey: 'Leadwire-Idempotency-Key',
  /** Milliseconds since the epoch at which the caller stops waiting. */
  deadline: 'Leadwire-Deadline',
  /** On a reply: `ok` or `problem`. */
  outcome: 'Leadwire-Outcome',
} as const;

/** Headers of events: CloudEvents 1.0 in binary mode over NATS, and the platform's extensions. */
export const EventHeaders = {
  id: 'ce-id',
  source: 'ce-source',
  specVersion: 'ce-specversion',
  type: 'ce-type',
  time: 'ce-time',
  subject: 'ce-subject',
  tenant: 'ce-tenantid',
  version: 'ce-eventversion',
  aggregateType: 'ce-aggregatetype',
  sequence: 'ce-sequence',
  /** Where the event stood in its service's outbox. */
  position: 'ce-position',
  /** On an older telling of an occurrence: the version that it is published beside. */
  companionOf: 'ce-companionof',
  /** On a telling with companions: the oldest of their versions. */
  oldestVersion: 'ce-oldestversion',
} as const;
