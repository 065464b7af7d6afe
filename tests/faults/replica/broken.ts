import type { Bus } from '#leadwire/bus';
import type { LeaseHolder, Leases } from '#leadwire/messaging';
import type { ReplicaOrders } from './orders.js';

const FENCE = 'Nats-Expected-Last-Sequence';
const DEDUPE = 'Nats-Msg-Id';

type Publish = Bus['connection']['publish'];

/** Takes header lines off every event on its way out: the dedupe id, and in a broken relay the fence. */
export function stripHeaders(bus: Bus, { dedupeOff, broken }: ReplicaOrders): void {
  const names = [...(dedupeOff || broken ? [DEDUPE] : []), ...(broken === 'fence' ? [FENCE] : [])];
  if (names.length === 0) return;
  const line = new RegExp(`^(?:${names.join('|')}):.*\\r\\n`, 'gm');
  const { connection } = bus;
  const publish = connection.publish.bind(connection) as Publish;
  connection.publish = (subject, payload, options) => {
    const headers = options?.headers as { encode(): Uint8Array } | undefined;
    if (!headers || !subject.includes('.ev.')) return publish(subject, payload, options);
    const text = Buffer.from(headers.encode()).toString().replace(line, '');
    return publish(subject, payload, { ...options, headers: { encode: () => Buffer.from(text) } as never });
  };
}

/** Leases that everybody holds at once: with the fence off, a relay in every replica. */
export const everybodyLeads = { stand: (_name: string, holder: LeaseHolder) => holder.onWon() } as unknown as Leases;
