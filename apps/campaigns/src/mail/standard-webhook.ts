import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signatures of the Standard Webhooks scheme: `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`. */
export function signWebhook(id: string, timestampSeconds: number, body: Buffer, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body).digest('base64')}`;
}

export type WebhookVerdict = { id: string } | { refused: 'bad-signature' | 'stale' | 'malformed' };

type Headers = Record<string, string | string[] | undefined>;

const toleranceSeconds = 300;

/** Checks who sent an inbound mail; header names in lower case, as Node gives them. */
export function verifyInboundSignature(
  rawBody: Buffer,
  headers: Headers,
  secret: string,
  now = Date.now(),
): WebhookVerdict {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    return { refused: 'malformed' };
  if (!id || !/^\d{1,12}$/.test(timestamp)) return { refused: 'malformed' };
  const expected = signWebhook(id, Number(timestamp), rawBody, secret);
  // Several may stand there while a secret is being changed. All are compared, whichever fits.
  const fits = signatures.split(' ').filter((signature) => same(signature, expected)).length > 0;
  if (!fits) return { refused: 'bad-signature' };
  return Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds ? { refused: 'stale' } : { id };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
