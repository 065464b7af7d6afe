import { Problems } from '#leadwire/kernel';
import type { IncomingMessage } from 'node:http';

/** Bodies of operations that say nothing else. */
export const DEFAULT_MAX_BYTES = 1024 * 1024;

/** The whole body, at most `maxBytes`; refused before it is read when the sender says that it is larger. */
export async function readBody(stream: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(stream.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  // The stream is left alive when a body is refused: node reads the rest away (until the request's time is up), so that
  // the sender gets to see the answer instead of a broken pipe.
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON object in a body; no body at all is an empty one. */
export function parseJson(body: Buffer, contentType: string | undefined): Record<string, unknown> {
  if (body.length === 0) return {};
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(contentType ?? '')) throw Problems.mediaType({ detail: 'Send application/json.' });
  const value = parse(body.toString('utf8'));
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw Problems.invalid({ detail: 'The body must be a JSON object.' });
  }
  return value as Record<string, unknown>;
}

/** The refusal of a body over the limit, naming the limit. */
export function tooLarge(maxBytes: number) {
  return Problems.tooLarge({ detail: `At most ${maxBytes} bytes.` });
}

function parse(text: string): unknown {
  try {
    // A key that could reach a prototype is never meant.
    return text.includes('__proto__') ? JSON.parse(text, refusePrototype) : JSON.parse(text);
  } catch {
    throw Problems.malformed();
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('__proto__');
  return value;
}
