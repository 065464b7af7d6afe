import { LeadProblems, type LeadFields } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import { customFieldsFit, LONGEST_CUSTOM_FIELDS, type LeadContent } from './lead-content.js';
import { normaliseCountry } from './normalise/normalise-country.js';
import { normaliseEmail } from './normalise/normalise-email.js';
import { normaliseLinkedin } from './normalise/normalise-linkedin.js';
import { normalisePhone } from './normalise/normalise-phone.js';

const PLAIN = ['firstName', 'lastName', 'companyName', 'title', 'industry', 'city', 'source', 'notes'] as const;

/**
 * What a request says of a lead, normalised: only the fields it names; an empty text empties the field. A phone without
 * prefix is read by the country the request names, else by `country`.
 * @throws leads.phone-invalid, request.invalid
 */
export function readLeadFields(said: LeadFields, country: string): Partial<LeadContent> {
  const content: Partial<LeadContent> = {};
  for (const field of PLAIN) if (said[field] !== undefined) content[field] = said[field].trim() || null;
  if (said.country !== undefined) content.country = normaliseCountry(said.country) ?? (said.country.trim() || null);
  const { tags, priority, customFields } = said;
  if (tags !== undefined) content.tags = [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))];
  if (priority !== undefined) content.priority = priority;
  if (customFields !== undefined) content.customFields = checkedCustomFields(customFields);
  return { ...content, ...readEmail(said), ...readPhone(said, country), ...readLinkedin(said) };
}

function checkedCustomFields(customFields: Record<string, unknown>): Record<string, unknown> {
  if (customFieldsFit(customFields)) return customFields;
  const message = `customFields must be at most ${LONGEST_CUSTOM_FIELDS} characters of JSON`;
  throw Problems.invalid({ errors: [{ field: 'customFields', message }] });
}

function readEmail({ email }: LeadFields): Partial<LeadContent> {
  if (email === undefined) return {};
  const normalised = normaliseEmail(email);
  if (!normalised) throw Problems.invalid({ errors: [{ field: 'email', message: 'email must be an address that can be written to' }] });
  return { email: normalised, emailRaw: email };
}

function readPhone({ phone, country: own }: LeadFields, usual: string): Partial<LeadContent> {
  if (phone === undefined) return {};
  if (phone.trim() === '') return { phone: null, phoneExtension: null, phoneRaw: null };
  const country = normaliseCountry(own ?? usual) ?? undefined;
  const normalised = normalisePhone(phone, country);
  if (!normalised) throw LeadProblems.phoneInvalid({ errors: [{ field: 'phone', message: `phone must be a number${country ? ` of ${country}` : ''} or carry its country prefix` }] });
  return { phone: normalised.e164, phoneExtension: normalised.extension, phoneRaw: phone };
}

function readLinkedin({ linkedinUrl }: LeadFields): Partial<LeadContent> {
  if (linkedinUrl === undefined) return {};
  if (linkedinUrl.trim() === '') return { linkedinUrl: null };
  const normalised = normaliseLinkedin(linkedinUrl);
  if (!normalised) throw Problems.invalid({ errors: [{ field: 'linkedinUrl', message: 'linkedinUrl must be the address of a LinkedIn profile' }] });
  return { linkedinUrl: normalised };
}
