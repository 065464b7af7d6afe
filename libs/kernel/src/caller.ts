import { NO_TENANT } from './id.js';

/** Who acts: a person, a key, one of the platform's own services reacting to an event, or nobody known yet. */
export interface Actor {
  readonly kind: 'user' | 'api-key' | 'service' | 'anonymous';
  readonly id: string;
}

/** Who is calling, for which tenant, and what they may do. Only ever made from a verified token. */
export interface Caller {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly capabilities: readonly string[];
}

/** Whether the caller holds a capability; services of the platform hold all (`*`). */
export function hasCapability(caller: Caller, capability: string): boolean {
  return caller.capabilities.includes('*') || caller.capabilities.includes(capability);
}

/** The caller that a service is when it acts for a tenant by itself: in a consumer, a timer, a signed webhook. */
export function serviceCaller(service: string, tenantId: string): Caller {
  return { tenantId, actor: { kind: 'service', id: service }, capabilities: ['*'] };
}

/** Whoever calls a public operation: no tenant, no capability. */
export const ANONYMOUS: Caller = { tenantId: NO_TENANT, actor: { kind: 'anonymous', id: 'anonymous' }, capabilities: [] };
