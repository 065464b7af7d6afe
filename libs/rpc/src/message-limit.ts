import type { Bus } from '#leadwire/bus';
import { Problems } from '#leadwire/kernel';

// Headers count too: a context with every capability takes about 1.5 KB.
const HEADER_BYTES = 4_096;

/** The largest body that may be sent, in bytes: the server's limit or the smaller one configured, less the headers. */
export function bodyLimit(bus: Bus, configured = Infinity): number {
  return Math.min(configured, bus.maxPayload) - HEADER_BYTES;
}

/** The bytes of a body; throws `request.too-large` naming size and limit before anything is sent. */
export function encodeRequest(input: object, limit: number): Uint8Array {
  const body = Buffer.from(JSON.stringify(input));
  if (body.length > limit) throw requestTooLarge(body.length, limit);
  return body;
}

/** The refusal of a request that does not fit into one message. */
export function requestTooLarge(bytes: number, limit: number) {
  return Problems.tooLarge({ detail: `The request is ${bytes} bytes, a message takes ${limit}.` });
}
