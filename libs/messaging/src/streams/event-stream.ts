import type { Bus } from '#leadwire/bus';
import { jetstreamManager, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream';

// A republished event is dropped by the stream within this window; past it the inbox of each consumer stops the effect.
const DEDUPE_WINDOW_NS = 2 * 60 * 1_000_000_000;
const MAX_AGE_NS = 7 * 24 * 3600 * 1_000_000_000;

/** The stream that holds a service's events. */
export function streamOf(bus: Bus, service: string): string {
  return bus.streamName(`EV-${service.toUpperCase()}`);
}

/** Makes a service's stream if it is not there: file storage, kept for seven days. Publisher and consumers both call it. */
export async function ensureStream(bus: Bus, service: string, manager?: JetStreamManager): Promise<void> {
  const jsm = manager ?? (await jetstreamManager(bus.connection));
  await jsm.streams.add({
    name: streamOf(bus, service),
    subjects: [bus.subject(`ev.${service}.>`)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    duplicate_window: DEDUPE_WINDOW_NS,
    max_age: MAX_AGE_NS,
    num_replicas: bus.replicas,
  });
}
