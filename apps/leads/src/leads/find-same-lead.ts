import type { TenantTx } from '#leadwire/database';
import type { LeadContent } from './lead-content.js';

type Contacts = Pick<LeadContent, 'email' | 'phone' | 'linkedinUrl'>;

const SAME = `
  select id from leads
  where not is_deleted and id is distinct from $4
    and (email = $1 or phone = $2 or ($1::text is null and $2::text is null and linkedin_url = $3))
  order by email = $1 desc nulls last, id limit 1`;

/** The living lead that has this mail or phone already (or, without either, this profile), other than `except`. */
export async function findSameLead(tx: TenantTx, contacts: Contacts, except: string | null = null): Promise<string | undefined> {
  const { email, phone, linkedinUrl } = contacts;
  const [same] = await tx.query<{ id: string }>(SAME, [email, phone, linkedinUrl, except]);
  return same?.id;
}
