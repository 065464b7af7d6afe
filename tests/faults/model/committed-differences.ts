import type { Fact, Observed, OutboxEvent } from './observed.js';

/** Whether fact and event committed together, numbered without a gap, in the order their writers saw. */
export function committedDifferences({ facts, events }: Observed): string[] {
  const found: string[] = [];
  const factOf = new Map(facts.map((fact) => [fact.mark, fact]));
  const marks = new Set(events.map(({ mark }) => mark));
  for (const { mark } of facts) if (!marks.has(mark)) found.push(`outbox: fact ${mark} committed without its event`);
  for (const event of events) {
    if (!factOf.has(event.mark)) found.push(`outbox: event ${event.mark} committed without its fact`);
    if (!event.published) found.push(`left over: event ${event.mark} is not noted as published`);
  }
  if (marks.size !== events.length) found.push('outbox: a fact has two events');
  for (const of of Map.groupBy(events, aggregateOf).values()) found.push(...orderDifferences(of, factOf));
  return found;
}

/** The aggregate of an event: of one tenant, of one kind. */
export function aggregateOf({ tenantId, type, aggregateId }: OutboxEvent): string {
  return `${tenantId}/${type.split('.')[1]}/${aggregateId}`;
}

function orderDifferences(events: OutboxEvent[], factOf: Map<string, Fact>): string[] {
  const found: string[] = [];
  const ordered = [...events].sort((a, b) => a.sequence - b.sequence);
  ordered.forEach((event, i) => {
    const what = `${event.mark} of ${aggregateOf(event)}`;
    if (event.sequence !== i + 1) found.push(`sequence: ${what} has number ${event.sequence}, not ${i + 1}`);
    if (i > 0 && event.position < ordered[i - 1]!.position) found.push(`order: ${what} stands before its predecessor in the outbox`);
    const counted = factOf.get(event.mark)?.n ?? 0;
    if (counted > 0 && counted !== event.sequence) found.push(`order: ${what} was written as number ${counted} and told as ${event.sequence}`);
  });
  return found;
}
