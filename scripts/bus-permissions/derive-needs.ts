import { ALL_OPERATIONS, SERVICES, type ServiceName } from '#leadwire/contracts';
import { CONSUMER, type ConsumerSpec } from '#leadwire/messaging';
import type { Type } from '@nestjs/common';
import { DECLARED_CALLS, type AnyOperation } from './declared-calls.js';
import { GATEWAY, type DurableNeed, type Needs } from './service-needs.js';

/** What every process needs, from the contracts, the consumers its module provides, and the calls declared. */
export function deriveNeeds(modules: Record<ServiceName, Type>, operations: readonly AnyOperation[] = ALL_OPERATIONS, calls = DECLARED_CALLS): Needs {
  const gateway = { service: false, calls: callsOf(GATEWAY, calls, operations.filter(({ http }) => http)), reads: [], uploads: 'stores' as const };
  const services = SERVICES.map((name) => [
    name,
    {
      service: true,
      calls: callsOf(name, calls),
      reads: readsOf(consumersOf(modules[name])),
      ...(operations.some(({ service, http }) => service === name && http?.body === 'upload') && { uploads: 'reads' as const }),
    },
  ]);
  return { [GATEWAY]: gateway, ...Object.fromEntries(services) };
}

function callsOf(name: string, calls: typeof DECLARED_CALLS, routed: readonly AnyOperation[] = []): string[] {
  const ids = [...routed, ...(calls[name] ?? [])].map(({ id }) => id);
  return [...new Set(ids)].sort();
}

// As the running service finds them: by the providers' metadata.
function consumersOf(module: Type): ConsumerSpec[] {
  const providers: unknown[] = Reflect.getMetadata('providers', module) ?? [];
  return providers.flatMap((provider) => (typeof provider === 'function' ? (Reflect.getMetadata(CONSUMER, provider) ?? []) : []));
}

function readsOf(consumers: readonly ConsumerSpec[]): DurableNeed[] {
  const reads = consumers.flatMap(({ name, events }) => events.map(({ service, aggregate }) => ({ consumer: name, source: service, aggregate })));
  const once = new Map(reads.map((read) => [Object.values(read).join('/'), read]));
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, read]) => read);
}
