import type { Bus } from '#leadwire/bus';
import type { LeaseHolder, Leases } from '#leadwire/messaging';

// With the id, for the stream would drop what two relays publish at the same moment.
const FENCE = /^Nats-(?:Expected-.*|Msg-Id):.*\r\n/gm;
const SHORT_WINDOW_NS = 100_000_000;

/** Makes this process's streams forget an id after a tenth of a second, as if every outage outlasted their window. */
export function shortenWindow({ connection }: Bus): void {
  const request = connection.request.bind(connection);
  connection.request = (subject, payload, options) => {
    if (!subject.includes('.STREAM.CREATE.')) return request(subject, payload, options);
    const stream = JSON.parse(Buffer.from(payload as Uint8Array).toString()) as object;
    return request(subject, JSON.stringify({ ...stream, duplicate_window: SHORT_WINDOW_NS }), options);
  };
}

/** Takes the fence off every event on its way out: what it must follow, and by which the stream would know it again. */
export function stripFence({ connection }: Bus): void {
  const publish = connection.publish.bind(connection);
  connection.publish = (subject, payload, options) => {
    const headers = options?.headers as { encode(): Uint8Array } | undefined;
    if (!headers || !subject.includes('.ev.')) return publish(subject, payload, options);
    const text = Buffer.from(headers.encode()).toString().replace(FENCE, '');
    return publish(subject, payload, { ...options, headers: { encode: () => Buffer.from(text) } as never });
  };
}

/** Leases that everybody holds at once: with the fence off, a relay in every replica. */
export const everybodyLeads = { stand: (_name: string, holder: LeaseHolder) => holder.onWon() } as unknown as Leases;
