import { CAPABILITIES } from '#leadwire/contracts';

const READ = ['tenant:read', 'leads:read', 'campaigns:read', 'calls:read'];
const WORK = [...READ, 'leads:write', 'calls:place'];
const RUN = [...WORK, 'leads:import', 'campaigns:write', 'campaigns:run', 'billing:view', 'platform:view'];

/** What each role may do, unless a user's own capabilities say otherwise. */
const BY_ROLE: Record<string, readonly string[]> = {
  owner: CAPABILITIES,
  admin: CAPABILITIES,
  manager: RUN,
  agent: WORK,
  member: WORK,
  viewer: READ,
};

/** The capabilities of a role; an unknown role has none. */
export function capabilitiesOf(role: string): readonly string[] {
  return BY_ROLE[role] ?? [];
}
