import { createHash, createHmac } from 'node:crypto';

/** The names under which a service lives in PostgreSQL. */
export interface ServiceSchema {
  /** `voice_calls`: the schema that holds all of the service's tables. */
  readonly schema: string;
  /** Owns the schema and runs migrations; nobody logs in as it. */
  readonly ownerRole: string;
  /** Logs in at run time: rows only, one tenant at a time. */
  readonly runtimeRole: string;
  /** Taken on inside a transaction to sweep named tables across tenants (outbox, timers). */
  readonly platformRole: string;
}

/** Names of a service's schema and roles. */
export function serviceSchema(service: string): ServiceSchema {
  const schema = service.replaceAll('-', '_');
  const runtimeRole = `leadwire_${schema}`;
  return { schema, runtimeRole, ownerRole: `${runtimeRole}_owner`, platformRole: `${runtimeRole}_platform` };
}

/** A role's password, derived so that every command of one installation knows it from one secret. */
export function rolePassword(secret: string, role: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url');
}

/**
 * A secret for the roles of short-lived installations (demo, tests) that share one server: roles belong to the whole
 * server, so all of them have to agree. It is as secret as the admin login it is made from.
 */
export function sharedRoleSecret(adminUrl: string): string {
  const { username, password, host } = new URL(adminUrl);
  return createHash('sha256').update(`${username}:${password}@${host}`).digest('base64url');
}

/** The address a service logs in with, made from the installation's admin address. */
export function runtimeUrl(adminUrl: string, service: string, secret: string): string {
  const { runtimeRole } = serviceSchema(service);
  const url = new URL(adminUrl);
  url.username = runtimeRole;
  url.password = rolePassword(secret, runtimeRole);
  return url.toString();
}

/** The schema in which extensions (vector, btree_gist) are installed, on every service's search path. */
export const EXTENSIONS_SCHEMA = 'extensions';
