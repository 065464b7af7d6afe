import type { Bus } from '#leadwire/bus';
import { JetStreamApiError, jetstreamManager, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream';

// A republished event is dropped by the stream within this window; past it the inbox of each consumer stops the effect.
const DEDUPE_WINDOW_NS = 2 * 60 * 1_000_000_000;
// "Stream name already in use with a different configuration" (nats-server, errors.json).
const OTHER_CONFIGURATION = 10_058;
const MAX_AGE_NS = 7 * 24 * 3600 * 1_000_000_000;

/** The stream that holds a service's events. */
export function streamOf(bus: Bus, service: string): string {
  return bus.streamName(`EV-${service.toUpperCase()}`);
}

/**
 * Makes a service's stream if it is not there: file storage, kept for seven days. Publisher and consumers both call it.
 * One that is there stays as it is, also where an operator has given it another age or more servers.
 */
export async function ensureStream(bus: Bus, service: string, manager?: JetStreamManager): Promise<void> {
  const jsm = manager ?? (await jetstreamManager(bus.connection));
  const config = {
    name: streamOf(bus, service),
    subjects: [bus.subject(`ev.${service}.>`)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    duplicate_window: DEDUPE_WINDOW_NS,
    max_age: MAX_AGE_NS,
    num_replicas: bus.replicas,
  };
  try {
    await jsm.streams.add(config);
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === OTHER_CONFIGURATION)) throw error;
  }
}
