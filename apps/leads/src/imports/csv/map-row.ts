import { normaliseAmount } from '../../leads/normalise/normalise-amount.js';
import { normaliseCountry } from '../../leads/normalise/normalise-country.js';
import { normaliseEmail } from '../../leads/normalise/normalise-email.js';
import { normaliseLinkedin } from '../../leads/normalise/normalise-linkedin.js';
import { normalisePhone, type CountryCode } from '../../leads/normalise/normalise-phone.js';
import type { ColumnMapping } from './guess-columns.js';
import type { LeadDraft, MappedRow, RowReject, RowWarning } from './lead-draft.js';
import { readCells, type RowCells } from './read-cells.js';

export interface MapRowOptions {
  /** The tenant's; a row that names a country is read by its own. */
  defaultCountry?: CountryCode;
}

type Contacts = Pick<LeadDraft, 'email' | 'emailRaw' | 'phone' | 'phoneExtension' | 'phoneRaw' | 'linkedinUrl'>;
type Fields = RowCells['fields'];

function readContacts(fields: Fields, country: CountryCode | undefined): Contacts {
  const phone = fields.phone ? normalisePhone(fields.phone, country) : null;
  return {
    email: fields.email ? normaliseEmail(fields.email) : null,
    emailRaw: fields.email ?? null,
    phone: phone?.e164 ?? null,
    phoneExtension: phone?.extension ?? null,
    phoneRaw: fields.phone ?? null,
    linkedinUrl: fields.linkedinUrl ? normaliseLinkedin(fields.linkedinUrl) : null,
  };
}

/** Which contacts were written but cannot be used. */
function wrongContacts(fields: Fields, contacts: Contacts): RowWarning[] {
  const wrong: RowWarning[] = [];
  const warn = (code: RowWarning['code'], field: string, text: string): void => {
    wrong.push({ code, field, message: `"${text}" is not a valid ${code.slice(0, -'-invalid'.length)}.` });
  };
  if (fields.email && !contacts.email) warn('email-invalid', 'email', fields.email);
  if (fields.phone && !contacts.phone) warn('phone-invalid', 'phone', fields.phone);
  if (fields.linkedinUrl && !contacts.linkedinUrl) warn('linkedin-invalid', 'linkedinUrl', fields.linkedinUrl);
  return wrong;
}

const REJECTS = {
  'email-invalid': { code: 'invalid-email', field: 'email' },
  'phone-invalid': { code: 'invalid-phone', field: 'phone' },
  'linkedin-invalid': { code: 'invalid-linkedin', field: 'linkedinUrl' },
} as const;

/** A lead without any way to reach them is none; the reason is the first contact that was tried. */
function rejectOf(wrong: readonly RowWarning[]): RowReject {
  const first = wrong[0];
  if (!first) return { code: 'no-contact', message: 'The row has neither a mail, nor a phone, nor a LinkedIn profile.' };
  return { ...REJECTS[first.code as keyof typeof REJECTS], message: `${first.message} There is no other contact.` };
}

function readBudget(text: string | undefined, warnings: RowWarning[]): Pick<LeadDraft, 'budget' | 'currency'> {
  const amount = text ? normaliseAmount(text) : null;
  if (text && !amount) warnings.push({ code: 'budget-unreadable', field: 'budget', message: `"${text}" is no amount.` });
  return { budget: amount?.amount ?? null, currency: amount?.currency ?? null };
}

const MOST_TAGS = 50;
const LONGEST_TAG = 60;

function readTags(text: string | undefined): string[] {
  const tags = (text ?? '').split(/[;,|\n]/).map((tag) => tag.trim().slice(0, LONGEST_TAG));
  return [...new Set(tags.filter(Boolean))].slice(0, MOST_TAGS);
}

/**
 * One row as a lead. A wrong contact beside a good one is a warning; the row is rejected only where none is left.
 * Cells beyond the mapping are not looked at, missing ones count as empty.
 */
export function mapRow(cells: readonly string[], mapping: ColumnMapping, options: MapRowOptions = {}): MappedRow {
  const { fields, custom, warnings } = readCells(cells, mapping);
  const country = fields.country ? normaliseCountry(fields.country) : null;
  const contacts = readContacts(fields, country ?? options.defaultCountry);
  const wrong = wrongContacts(fields, contacts);
  if (!contacts.email && !contacts.phone && !contacts.linkedinUrl) return { reject: rejectOf(wrong) };
  warnings.push(...wrong);
  const lead: LeadDraft = {
    firstName: fields.firstName ?? null,
    lastName: fields.lastName ?? null,
    name: fields.name ?? null,
    ...contacts,
    companyName: fields.companyName ?? null,
    title: fields.title ?? null,
    website: fields.website ?? null,
    city: fields.city ?? null,
    region: fields.region ?? null,
    country: country ?? fields.country ?? null,
    industry: fields.industry ?? null,
    ...readBudget(fields.budget, warnings),
    notes: fields.notes ?? null,
    source: fields.source ?? null,
    tags: readTags(fields.tags),
    customFields: custom,
  };
  return { lead, warnings };
}
