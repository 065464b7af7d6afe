import type { LeadFilter } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import type { SelectQueryBuilder } from 'typeorm';
import { normaliseCountry } from './normalise/normalise-country.js';
import { LeadEntity } from './lead.entity.js';

const EQUAL = ['stage', 'status', 'temperature', 'industry', 'city', 'source'] as const;

/** The tenant's living leads for which every condition given holds. */
export function leadsWhere(tx: TenantTx, filter: LeadFilter): SelectQueryBuilder<LeadEntity> {
  const query = tx.manager.createQueryBuilder(LeadEntity, 'lead').where('not lead.isDeleted');
  for (const field of EQUAL) {
    if (filter[field] !== undefined) query.andWhere(`lead.${field} = :${field}`, { [field]: filter[field] });
  }
  const { country, tag, hasEmail, hasPhone, minScore } = filter;
  if (country !== undefined) query.andWhere('lead.country = :country', { country: normaliseCountry(country) ?? country });
  if (tag !== undefined) query.andWhere('lead.tags @> array[:tag]::text[]', { tag });
  if (hasEmail !== undefined) query.andWhere(`lead.email is ${hasEmail ? 'not ' : ''}null`);
  if (hasPhone !== undefined) query.andWhere(`lead.phone is ${hasPhone ? 'not ' : ''}null`);
  if (minScore !== undefined) query.andWhere('lead.leadScore >= :minScore', { minScore });
  return query;
}
