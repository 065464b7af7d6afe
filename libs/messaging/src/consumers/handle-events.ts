import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ConsumerSpec, Reaction } from './consumer.decorator.js';
import type { ConsumerSurroundings } from './consumer-surroundings.js';
import { Delivery, type ReplayNote } from './delivery.js';
import type { ReceivedEvent } from './received-event.js';

/** Hands events of one tenant to the reaction, in a span that continues the first one's trace; throws what it throws. */
export async function handleEvents(
  spec: ConsumerSpec,
  reaction: Reaction,
  events: readonly ReceivedEvent[],
  { service, database }: ConsumerSurroundings,
  replay?: ReplayNote,
): Promise<void> {
  const before = events[0]!.trace;
  const attributes = { 'messaging.system': 'nats', 'messaging.batch.message_count': events.length, 'service.name': service };
  const span = trace.getTracer('leadwire').startSpan(`consume ${spec.name}`, { kind: SpanKind.CONSUMER, attributes }, before);
  try {
    await context.with(trace.setSpan(before, span), async () => {
      const delivery = new Delivery(spec.name, events, service, database, replay);
      await reaction.handle(delivery);
      delivery.assertCommitted();
    });
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
    throw error;
  } finally {
    span.end();
  }
}
