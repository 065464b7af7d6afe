import type { RowWarning } from './lead-draft.js';
import type { LeadField } from './lead-field.js';
import type { ColumnMapping } from './guess-columns.js';

/** In characters, as the contracts take them. */
const LONGEST: Readonly<Record<LeadField, number>> = {
  firstName: 100,
  lastName: 100,
  name: 200,
  email: 320,
  phone: 64,
  companyName: 200,
  title: 200,
  linkedinUrl: 1_000,
  website: 1_000,
  city: 100,
  region: 100,
  country: 100,
  industry: 100,
  budget: 100,
  notes: 20_000,
  source: 100,
  tags: 3_000,
};
const LONGEST_CUSTOM = 4_000;
// What people write where they have nothing; only of contacts, because Null and None are also family names.
const NOTHING = /^(n\/?a|none|null|nil|unknown|undefined|no|-+|\.+|\?+|x)$/i;
const CONTACTS: readonly string[] = ['email', 'phone', 'linkedinUrl', 'website'];

export interface RowCells {
  fields: Partial<Record<LeadField, string>>;
  custom: Record<string, string>;
  warnings: RowWarning[];
}

/** Postgres stores no NUL, and no other control character but tab and line end means anything in a lead. */
function cleanText(cell: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  return cell.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufeff\ufffe\uffff]/g, '').trim();
}

function shorten(text: string, longest: number, field: string, warnings: RowWarning[]): string {
  if (text.length <= longest) return text;
  warnings.push({ code: 'text-too-long', field, message: `Cut to ${longest} characters.` });
  // Not through the middle of a surrogate pair.
  return text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** The row's cells under the names of the mapping: trimmed, shortened, empty ones left out. */
export function readCells(cells: readonly string[], mapping: ColumnMapping): RowCells {
  const read: RowCells = { fields: {}, custom: {}, warnings: [] };
  for (const [index, { target }] of mapping.entries()) {
    const text = cleanText(cells[index] ?? '');
    if (text === '' || target === 'ignore') continue;
    if (target.startsWith('custom:')) {
      read.custom[target.slice(7)] = shorten(text, LONGEST_CUSTOM, target, read.warnings);
    } else if (!(CONTACTS.includes(target) && NOTHING.test(text))) {
      const field = target as LeadField;
      read.fields[field] = shorten(text, LONGEST[field], field, read.warnings);
    }
  }
  return read;
}
