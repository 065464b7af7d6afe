import { COLUMN_NAMES, LEAD_FIELDS, spellHeader, type LeadField } from './lead-field.js';

/** Where a column goes: a field of the lead, a custom field by its key, or nowhere. */
export type ColumnTarget = LeadField | `custom:${string}` | 'ignore';

export interface CsvColumn {
  /** As it stands in the file. */
  header: string;
  target: ColumnTarget;
}

/** One entry a column, in the file's order. Plain JSON: it is shown, edited and stored with the import. */
export type ColumnMapping = CsvColumn[];

const fieldsByName = new Map(LEAD_FIELDS.flatMap((field) => COLUMN_NAMES[field].map((name) => [name, field] as const)));
const LONGEST_KEY = 60;

export function recogniseField(header: string): LeadField | null {
  const spelled = spellHeader(header);
  // `E-MAIL` and `LINKEDIN` split at capitals only where the case changes, so the whole lower-cased text is tried too.
  return fieldsByName.get(spelled) ?? fieldsByName.get(spellHeader(header.toLowerCase())) ?? null;
}

function customKey(header: string, index: number, taken: ReadonlySet<string>): string {
  const slug = spellHeader(header)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, LONGEST_KEY);
  const key = slug || `column_${index + 1}`;
  return taken.has(`custom:${key}`) ? `${key}_${index + 1}` : key;
}

/**
 * The mapping a person would make from the header alone. Where two columns claim a field the first has it; what is not
 * recognised becomes a custom field, so that nothing of the file is lost.
 */
export function guessColumns(header: readonly string[]): ColumnMapping {
  const taken = new Set<string>();
  return header.map((name, index) => {
    const field = recogniseField(name);
    const target: ColumnTarget = field && !taken.has(field) ? field : `custom:${customKey(name, index, taken)}`;
    taken.add(target);
    return { header: name, target };
  });
}
