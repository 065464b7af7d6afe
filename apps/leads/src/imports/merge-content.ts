import { MOST_TAGS, type LeadContent } from '../leads/lead-content.js';

const OVERWRITTEN = [
  'firstName', 'lastName', 'name', 'companyName', 'title', 'website', 'industry', 'city', 'region', 'country', 'source',
  'estimatedValue', 'currency', 'notes',
] as const;

/** Which contacts of a row belong to another lead already. */
export interface TakenContacts {
  email: boolean;
  phone: boolean;
}

/**
 * A known lead with what a row says of it: the row's fields win, what it leaves empty stays, tags and custom fields add
 * up. Contacts are only ever filled in: by them a lead is found again, so that the same file imported twice doubles
 * nothing. A contact that differs is kept as a custom field.
 */
export function mergeContent(before: LeadContent, row: LeadContent, taken: TakenContacts): LeadContent {
  const merged: LeadContent = { ...before };
  for (const field of OVERWRITTEN) if (row[field] !== null) Object.assign(merged, { [field]: row[field] });
  merged.tags = [...new Set([...before.tags, ...row.tags])].slice(0, MOST_TAGS);
  merged.customFields = { ...before.customFields, ...row.customFields };
  if (row.email && !before.email && !taken.email) Object.assign(merged, { email: row.email, emailRaw: row.emailRaw });
  if (row.phone && !before.phone && !taken.phone) {
    Object.assign(merged, { phone: row.phone, phoneExtension: row.phoneExtension, phoneRaw: row.phoneRaw });
  }
  merged.linkedinUrl ??= row.linkedinUrl;
  keepOther(merged, row);
  return merged;
}

function keepOther(merged: LeadContent, row: LeadContent): void {
  for (const contact of ['email', 'phone', 'linkedinUrl'] as const) {
    if (row[contact] && row[contact] !== merged[contact]) merged.customFields[OTHER[contact]] = row[contact];
  }
}

const OTHER = { email: 'other_email', phone: 'other_phone', linkedinUrl: 'other_linkedin' } as const;
