/** Every capability; a role or an API key is a set of these. */
export const CAPABILITIES = [
  'tenant:read',
  'tenant:manage',
  'api-keys:manage',
  'leads:read',
  'leads:write',
  'leads:import',
  'campaigns:read',
  'campaigns:write',
  'campaigns:run',
  'calls:read',
  'calls:place',
  'voice:manage',
  'billing:view',
  'billing:manage',
  'platform:view',
  // Retry, discard and replay the tenant's own events. What concerns every tenant takes the installation's operator besides.
  'platform:operate',
] as const;
