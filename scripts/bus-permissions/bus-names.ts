import { SLOTS } from '#leadwire/messaging';
import type { DurableNeed } from './service-needs.js';

/** How things are called on the server: as Bus and the libraries above it call them, where installations share a server. */
export interface BusNames {
  subject(name: string): string;
  stream(name: string): string;
  login(process: string): string;
}

/** The names under a namespace; '' is none. */
export function busNames(namespace: string): BusNames {
  return {
    subject: (name) => (namespace ? `${namespace}.${name}` : name),
    stream: (name) => (namespace ? `${namespace}-${name}` : name),
    login: (process) => (namespace ? `${namespace}-${process}` : process),
  };
}

/** The stream of a service's events. */
export function eventStream(names: BusNames, service: string): string {
  return names.stream(`EV-${service.toUpperCase()}`);
}

// All of it, each slot of it, its urgent events.
const PARTS = ['', ...Array.from({ length: SLOTS }, (_, slot) => `--${slot}`), '--express'];

/**
 * Every name that a durable may have. Whole names, because a permission cannot end in the middle of one, and with `*` a
 * service could take another's durable away.
 */
export function durableNames(names: BusNames, service: string, { consumer, source, aggregate }: DurableNeed): string[] {
  const durable = names.stream(`${service}--${consumer}--${source}-${aggregate}`);
  return PARTS.map((part) => durable + part);
}

/** The name under which a consumer reads a source again, from any point: a reading of its own beside its durables. */
export function replayName(names: BusNames, service: string, { consumer, source }: Pick<DurableNeed, 'consumer' | 'source'>): string {
  return names.stream(`${service}--${consumer}--${source}--replay`);
}
