import type { ColumnMapping, ColumnTarget } from './guess-columns.js';
import { LEAD_FIELDS } from './lead-field.js';

export interface MappingProblem {
  code: 'mapping-column-unknown' | 'mapping-target-unknown' | 'mapping-target-twice';
  header: string;
  message: string;
}

const CUSTOM_TARGET = /^custom:[a-z][a-z0-9_]{0,63}$/;

export function isColumnTarget(target: string): target is ColumnTarget {
  return target === 'ignore' || CUSTOM_TARGET.test(target) || (LEAD_FIELDS as readonly string[]).includes(target);
}

function checkEdit(mapping: ColumnMapping, header: string, target: string): MappingProblem[] {
  if (!mapping.some((column) => column.header === header)) {
    return [{ code: 'mapping-column-unknown', header, message: `The file has no column "${header}".` }];
  }
  const message = `A column goes to a lead field, to "custom:key" or to "ignore", not to "${target}".`;
  return isColumnTarget(target) ? [] : [{ code: 'mapping-target-unknown', header, message }];
}

function checkTwice(mapping: ColumnMapping): MappingProblem[] {
  const seen = new Set<string>(['ignore']);
  const twice = mapping.filter(({ target }) => seen.has(target) && target !== 'ignore' ? true : !seen.add(target));
  return twice.map(({ header, target }) => ({
    code: 'mapping-target-twice',
    header,
    message: `Another column goes to "${target}" already.`,
  }));
}

/** The mapping with a person's changes, header → target; all problems at once where there are any. */
export function editColumns(
  mapping: ColumnMapping,
  edits: Readonly<Record<string, string>>,
): { mapping: ColumnMapping } | { problems: MappingProblem[] } {
  const wrong = Object.entries(edits).flatMap(([header, target]) => checkEdit(mapping, header, target));
  if (wrong.length > 0) return { problems: wrong };
  const edited = mapping.map((column) => ({
    ...column,
    target: Object.hasOwn(edits, column.header) ? (edits[column.header] as ColumnTarget) : column.target,
  }));
  const twice = checkTwice(edited);
  return twice.length > 0 ? { problems: twice } : { mapping: edited };
}
