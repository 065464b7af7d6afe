import type { TenantTx } from '#leadwire/database';
import { In } from 'typeorm';
import { LeadEntity } from '../leads/lead.entity.js';
import type { DraftRow } from './read-chunks.js';

/** The living leads that rows of a chunk may mean, held until the transaction ends, locked in id order. */
export async function lockSameLeads(tx: TenantTx, rows: readonly DraftRow[]): Promise<LeadEntity[]> {
  const ids = await findIds(tx, rows);
  if (ids.length === 0) return [];
  return tx.manager.find(LeadEntity, { where: { id: In(ids), isDeleted: false }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
}

async function findIds(tx: TenantTx, rows: readonly DraftRow[]): Promise<string[]> {
  const drafts = rows.map(({ draft }) => draft);
  const wanted = [
    { column: 'email', contacts: drafts.map(({ email }) => email).filter(Boolean) },
    { column: 'phone', contacts: drafts.map(({ phone }) => phone).filter(Boolean) },
    // A profile only says who is meant where the row has nothing better.
    { column: 'linkedin_url', contacts: drafts.filter(({ email, phone }) => !email && !phone).map(({ linkedinUrl }) => linkedinUrl) },
  ].filter(({ contacts }) => contacts.length > 0);
  // One arm an index, and none for an empty list: for `= any('{}')` the planner walks through every lead of the tenant.
  const arms = wanted.map(({ column }, at) => `select id from leads where not is_deleted and ${column} = any($${at + 1})`);
  if (arms.length === 0) return [];
  const found = await tx.query<{ id: string }>(arms.join(' union '), wanted.map(({ contacts }) => contacts));
  return found.map(({ id }) => id);
}
