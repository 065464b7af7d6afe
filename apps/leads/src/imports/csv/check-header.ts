import { normaliseEmail } from '../../leads/normalise/normalise-email.js';
import { CsvRefusal } from './csv-refusal.js';
import { recogniseField } from './guess-columns.js';

export const MOST_COLUMNS = 1_000;

const looksLikeData = (cell: string): boolean =>
  normaliseEmail(cell) !== null || /^https?:\/\//i.test(cell.trim()) || /^[\s+()\d.,/-]{6,}$/.test(cell);

function refuse(reason: string): never {
  throw new CsvRefusal('csv-header-missing', `${reason} Put the column names (First Name, E-Mail, Phone …) in it.`, 1);
}

/**
 * @param recognise false where the columns are mapped by hand, so that any names will do
 * @throws CsvRefusal csv-header-missing, csv-too-many-columns
 */
export function checkHeader(header: readonly string[], recognise: boolean): void {
  if (header.length > MOST_COLUMNS) {
    throw new CsvRefusal('csv-too-many-columns', `The file has ${header.length} columns; at most ${MOST_COLUMNS} are read.`, 1);
  }
  if (header.some(looksLikeData)) refuse('The first line looks like data, not like a header.');
  if (recognise && !header.some((name) => recogniseField(name))) refuse('The first line names no column that is known.');
}
