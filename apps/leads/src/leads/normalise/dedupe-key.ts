/** What the tenant takes for "the same lead". */
export const DEDUPE_POLICIES = ['none', 'email', 'phone', 'email-or-phone'] as const;
export type DedupePolicy = (typeof DEDUPE_POLICIES)[number];

/** Normalised contacts; null where there is none. */
export interface DedupeFacts {
  email?: string | null;
  phone?: string | null;
}

/**
 * The keys under which a lead is looked for; two leads are the same where they share one.
 * No key at all: never the same as another. In a fixed order (mail first), so that locks are taken in one order.
 */
export function dedupeKeys(policy: DedupePolicy, { email, phone }: DedupeFacts): string[] {
  const byEmail = email && (policy === 'email' || policy === 'email-or-phone') ? [`email:${email}`] : [];
  const byPhone = phone && (policy === 'phone' || policy === 'email-or-phone') ? [`phone:${phone}`] : [];
  return [...byEmail, ...byPhone];
}
