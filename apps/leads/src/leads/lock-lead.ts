import type { TenantTx } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import { LeadEntity } from './lead.entity.js';

/** A living lead, held until the transaction ends, so that what is decided on it still holds when it is written. */
export function findLocked(tx: TenantTx, id: string): Promise<LeadEntity | null> {
  return tx.manager.findOne(LeadEntity, { where: { id, isDeleted: false }, lock: { mode: 'pessimistic_write' } });
}

/** As `findLocked`; refuses an id that the tenant has not. */
export async function lockLead(tx: TenantTx, id: string): Promise<LeadEntity> {
  const lead = await findLocked(tx, id);
  if (!lead) throw Problems.notFound();
  return lead;
}
