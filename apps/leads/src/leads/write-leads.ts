import type { TenantTx } from '#leadwire/database';
import { getMetadataArgsStorage } from 'typeorm';
import { LeadEntity } from './lead.entity.js';

interface WrittenColumn {
  property: string;
  column: string;
  type: string;
}

const COLUMNS: WrittenColumn[] = getMetadataArgsStorage()
  .filterColumns(LeadEntity)
  .map(({ propertyName, options }) => ({
    property: propertyName,
    column: options.name ?? propertyName,
    type: `${String(options.type)}${options.array ? '[]' : ''}`,
  }));

const GIVEN = `json_to_recordset($1) as given(${COLUMNS.map(({ property, type }) => `"${property}" ${type}`).join(', ')})`;

const INSERT = `
  insert into leads (${COLUMNS.map(({ column }) => column).join(', ')})
  select ${COLUMNS.map(({ property }) => `given."${property}"`).join(', ')} from ${GIVEN}
  on conflict do nothing returning id`;

const FIXED = new Set(['id', 'createdAt', 'createdByUserId']);
const UPDATE = `
  update leads set ${COLUMNS.filter(({ property }) => !FIXED.has(property))
    .map(({ column, property }) => `${column} = given."${property}"`)
    .join(', ')}
  from ${GIVEN} where leads.id = given.id`;

/** Stores new leads in one statement; answers the ids of those that no living lead with their mail or phone kept out. */
export async function insertLeads(tx: TenantTx, leads: readonly LeadEntity[]): Promise<string[]> {
  if (leads.length === 0) return [];
  const rows = await tx.query<{ id: string }>(INSERT, [JSON.stringify(leads)]);
  return rows.map(({ id }) => id);
}

/** Writes leads that the transaction holds locked, in one statement. Violates leads_*_living when a contact is taken. */
export async function updateLeads(tx: TenantTx, leads: readonly LeadEntity[]): Promise<void> {
  if (leads.length > 0) await tx.query(UPDATE, [JSON.stringify(leads)]);
}
