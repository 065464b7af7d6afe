import type { LeadSnapshot, LeadView } from '#leadwire/contracts';
import type { LeadEntity } from './lead.entity.js';

/** A lead as the API answers it. */
export function leadView(lead: LeadEntity): LeadView {
  const { id, firstName, lastName, email, phone, companyName, title, linkedinUrl, industry, city, country, source } = lead;
  const { notes, tags, stage, status, temperature, priority, customFields } = lead;
  return {
    id, firstName, lastName, email, phone, companyName, title, linkedinUrl, industry, city, country, source,
    notes, tags, stage, status, temperature, priority, customFields,
    score: lead.leadScore,
    stageEnteredAt: lead.stageEnteredAt.toISOString(),
    createdAt: lead.createdAt.toISOString(),
    updatedAt: lead.updatedAt.toISOString(),
  };
}

/** A lead as its events tell it. */
export function leadSnapshot(lead: LeadEntity): LeadSnapshot {
  const { firstName, lastName, email, phone, companyName, title, industry, city, country } = lead;
  const { notes, tags, customFields, stage } = lead;
  return { firstName, lastName, email, phone, companyName, title, industry, city, country, notes, tags, customFields, stage };
}
