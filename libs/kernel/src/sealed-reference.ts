import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Seals references that leave the house in links, callback addresses and Message-IDs, so that what comes back can be
 * trusted to be ours: `base64url(parts joined by ".") + "." + base64url(HMAC-SHA256, first 16 bytes)`.
 * The purpose is part of the MAC: a link made to unsubscribe opens nothing else.
 */
export class SealedReferences {
  constructor(
    private readonly key: string,
    private readonly purpose: string,
  ) {}

  /** Seals parts (ids); throws on a part that holds a ".", which would open as two. */
  seal(...parts: string[]): string {
    if (parts.some((part) => part.includes('.'))) throw new Error('a part of a sealed reference may not hold a "."');
    const text = Buffer.from(parts.join('.')).toString('base64url');
    return `${text}.${this.mac(text).toString('base64url')}`;
  }

  /** The parts, or undefined for a reference that this key did not seal for this purpose. */
  open(reference: string): string[] | undefined {
    const [text, mac, ...rest] = reference.split('.');
    if (!text || !mac || rest.length > 0) return undefined;
    const given = Buffer.from(mac, 'base64url');
    const expected = this.mac(text);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return Buffer.from(text, 'base64url').toString().split('.');
  }

  private mac(text: string): Buffer {
    return createHmac('sha256', this.key).update(`${this.purpose}\n${text}`).digest().subarray(0, 16);
  }
}
