import { ImportProblems } from '#leadwire/contracts';
import type { Problem, ProblemFactory } from '#leadwire/kernel';
import type { CsvRefusal, CsvRefusalCode } from './csv/csv-refusal.js';

const PROBLEMS: Readonly<Record<CsvRefusalCode, ProblemFactory>> = {
  'csv-empty': ImportProblems.empty,
  'csv-binary': ImportProblems.binary,
  'csv-encoding-unsupported': ImportProblems.encoding,
  'csv-header-missing': ImportProblems.header,
  'csv-too-many-columns': ImportProblems.tooManyColumns,
  'csv-cell-too-large': ImportProblems.rowTooLarge,
};

/** What a client is told of a file that is not read. */
export function csvProblem(refusal: CsvRefusal): Problem {
  return PROBLEMS[refusal.code]({ detail: refusal.message });
}
