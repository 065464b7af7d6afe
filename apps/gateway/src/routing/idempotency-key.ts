import type { Operation } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';

/** The Idempotency-Key of a request that changes something. */
export function idempotencyKey(operation: Operation, header: string | string[] | undefined): string | undefined {
  if (operation.effect !== 'write' || header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw Problems.invalid({ errors: [{ field: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }] });
}
