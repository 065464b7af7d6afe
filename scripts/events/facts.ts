import { table } from './table.js';

/** An object's fields as lines, those that are null left out: `aggregateId` as "aggregate id". */
export function facts(of: object): string {
  const known = Object.entries(of).filter(([, value]) => value !== null && value !== undefined);
  const rows = known.map(([name, value]) => ({ name: name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), value: value instanceof Date ? value.toISOString() : String(value) }));
  const text = table(rows, [{ title: '', text: ({ name }) => name }, { title: '', text: ({ value }) => value }]);
  return text.slice(text.indexOf('\n') + 1);
}
