import { v7, validate } from 'uuid';

/** A new UUIDv7: unique, and ascending in time so that indexes grow at one end (RFC 9562 §5.7). */
export function newId(): string {
  return v7();
}

/** Whether a text is a UUID of any version. */
export function isId(text: string): boolean {
  return validate(text);
}

/** The tenant id under which calls without a tenant (registration, sign-in) keep their idempotency keys. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000';
