import { createHash, randomBytes } from 'node:crypto';

const TENANT_LENGTH = 22;

/** A random secret that says in which tenant to look for its hash: `<prefix>_<tenant, base64url><43 random characters>`. */
export function newTenantSecret(prefix: string, tenantId: string): string {
  const tenant = Buffer.from(tenantId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${prefix}_${tenant}${randomBytes(32).toString('base64url')}`;
}

/** The tenant that a secret claims; its hash in that tenant's rows is the proof. Undefined for what has another form. */
export function claimedTenant(prefix: string, secret: string): string | undefined {
  const match = new RegExp(`^${prefix}_([A-Za-z0-9_-]{${TENANT_LENGTH}})[A-Za-z0-9_-]{43}$`).exec(secret);
  if (!match) return undefined;
  const hex = Buffer.from(match[1]!, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What is stored of a secret. It has 256 random bits, so a plain SHA-256 is enough. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
