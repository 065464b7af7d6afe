import type { LeadEntity } from './lead.entity.js';

const CONTENT = [
  'firstName', 'lastName', 'name', 'email', 'emailRaw', 'phone', 'phoneExtension', 'phoneRaw', 'companyName', 'title',
  'linkedinUrl', 'website', 'industry', 'city', 'region', 'country', 'source', 'priority', 'estimatedValue', 'currency',
  'tags', 'customFields', 'notes',
] as const;

/** What people say of a lead; the rest of it is where it stands, which only operations and events change. */
export type LeadContent = Pick<LeadEntity, (typeof CONTENT)[number]>;

/** A lead's content alone, to be compared or merged. */
export function contentOf(lead: LeadContent): LeadContent {
  return Object.fromEntries(CONTENT.map((field) => [field, lead[field]])) as unknown as LeadContent;
}

/** A lead of which nothing is known. */
export function emptyContent(): LeadContent {
  const nothing = Object.fromEntries(CONTENT.map((field) => [field, null]));
  return { ...(nothing as unknown as LeadContent), tags: [], customFields: {} };
}

/** In characters of JSON: a lead has to fit into one event, with room for everything else of it. */
export const LONGEST_CUSTOM_FIELDS = 64_000;
export const MOST_TAGS = 50;

/** Whether custom fields are of a size that can be kept. */
export function customFieldsFit(customFields: Record<string, unknown>): boolean {
  return JSON.stringify(customFields).length <= LONGEST_CUSTOM_FIELDS;
}
