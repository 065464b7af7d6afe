import { createHash } from 'node:crypto';

export interface LeadTextInput {
  firstName?: string | null;
  lastName?: string | null;
  title?: string | null;
  companyName?: string | null;
  notes?: string | null;
  tags?: string[] | null;
  customFields?: Record<string, unknown> | null;
}

export interface LeadText {
  /** Empty when the lead says nothing about itself: such a lead has no vector. */
  text: string;
  /** sha256, hex. Equal hash, equal vector: nothing to embed again. */
  hash: string;
}

/** Part of the hash: raise it when the text is composed differently, and every lead is embedded anew. */
const VERSION = 1;
// These fields say what they are by their value. Any other needs its key to be understood ("seats: 40").
const PLAIN_FIELDS = ['industry', 'city', 'country'];
const MAX_FIELDS = 24;
const MAX_VALUE = 160;
const MAX_NOTES = 1_200;
const PERSONAL_KEY = /(^| )(e-?mail|phone|mobile|fax|name|url|website|linkedin|id|uuid)$/i;
const ADDRESS_LIKE = /^(https?:\/\/|\S+@\S+\.\S+$|\+?[\d\s().-]{7,}$|[0-9a-f]{8}-[0-9a-f-]{27}$)/i;

/**
 * What of a lead is given its meaning: title, company, industry, city, country, tags, custom fields, notes.
 *
 * People's names are left out on purpose, from the notes too. A name carries origin and sex and nothing of what the
 * person needs: with it two Marias would look alike, and a score built on likeness would be a score on names. Mail
 * addresses, phone numbers and links are left out because they identify and mean nothing.
 *
 * The notes stand last, so that the model's limit of tokens cuts them and not the facts. There are few labels: every
 * token costs the time of a token.
 */
export function leadText(lead: LeadTextInput): LeadText {
  const anonymous = withoutNames(lead);
  const text = [
    headline(anonymous(clean(lead.title)), clean(lead.companyName)),
    ...customFieldParts(lead.customFields ?? {}, anonymous),
    [...new Set((lead.tags ?? []).map((tag) => clean(tag).toLowerCase()))].filter(Boolean).toSorted().join(', '),
    anonymous(clean(lead.notes)).slice(0, MAX_NOTES).trim(),
  ]
    .filter(Boolean)
    .join('. ');
  return { text, hash: createHash('sha256').update(`${VERSION}\n${text}`).digest('hex') };
}

function headline(title: string, company: string): string {
  return title && company ? `${title} at ${company}` : title || company;
}

function customFieldParts(fields: Record<string, unknown>, anonymous: (text: string) => string): string[] {
  const said = Object.keys(fields)
    .toSorted()
    .map((key) => ({ key: words(key), value: anonymous(fieldValue(fields[key])) }))
    .filter(({ key, value }) => value && !PERSONAL_KEY.test(key) && !ADDRESS_LIKE.test(value));
  const isPlain = ({ key }: { key: string }) => PLAIN_FIELDS.includes(key);
  const rest = said.filter((field) => !isPlain(field)).slice(0, MAX_FIELDS);
  return [
    said.filter(isPlain).map(({ value }) => value).join(', '),
    rest.map(({ key, value }) => `${key}: ${value}`).join(', '),
  ];
}

/** `hasBudget`, `has_budget` and `Has budget` read the same. */
function words(key: string): string {
  return clean(key.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll(/[_-]/g, ' ')).toLowerCase();
}

function fieldValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(fieldValue).filter(Boolean).join(' ').slice(0, MAX_VALUE);
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? clean(value).slice(0, MAX_VALUE) : '';
}

/** Written as a name only: "will call" stays in the notes of a Will. */
function withoutNames({ firstName, lastName }: LeadTextInput): (text: string) => string {
  const names = [firstName, lastName].map(clean).filter((name) => name.length > 1);
  if (names.length === 0) return (text) => text;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${names.map(literal).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return (text) => clean(text.replaceAll(pattern, ''));
}

function literal(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function clean(text: unknown): string {
  return typeof text === 'string' ? text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim() : '';
}
