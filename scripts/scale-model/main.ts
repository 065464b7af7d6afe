// node dist/scripts/scale-model/main.js [--take FOLDER] [--docs]: prints what serves a billion events a day.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BILLION } from './load.js';
import { scaleTables } from './markdown.js';
import { SCALE_DOCUMENT, withTables } from './scale-document.js';
import { takeFigures, type BenchResult } from './take-figures.js';
import { measuredCosts, readUnitCosts, UNIT_COSTS_PATH } from './unit-costs.js';

const { take, docs } = parseArgs({ options: { take: { type: 'string' }, docs: { type: 'boolean', default: false } } }).values;

if (take) writeFileSync(UNIT_COSTS_PATH, `${stretched(takeFigures(readUnitCosts(), resultsIn(take)))}\n`);
try {
  const file = readUnitCosts();
  const tables = scaleTables(BILLION, measuredCosts(file), file);
  console.log(tables);
  if (docs) writeFileSync(SCALE_DOCUMENT, withTables(readFileSync(SCALE_DOCUMENT, 'utf8'), tables));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

// The benches' own names only: others are runs of another kind.
function resultsIn(folder: string): BenchResult[] {
  const all = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const results = all.map((name) => ({ name, result: JSON.parse(readFileSync(join(folder, name), 'utf8')) as BenchResult }));
  return results.filter(({ name, result }) => name === `${result.bench}.json`).map(({ result }) => result);
}

// A line a cost, as the file is read by people.
function stretched(file: object): string {
  return JSON.stringify(file, null, 2).replaceAll(/\{\s+"what"[^{}]*(\{[^{}]*\}[^{}]*)?\}/g, (one) => one.replaceAll(/\s*\n\s*/g, ' '));
}
