import { mkdirSync, writeFileSync } from 'node:fs';
import type { Command } from './command.js';
import { writeToDocs } from './report/docs-table.js';
import { inOneLine, surroundingsOf, type Surroundings } from './report/machine.js';
import type { Report } from './report/report.js';
import { toMarkdown, toText } from './report/table.js';
import type { World } from './servers/world.js';

const RESULTS = 'bench/results';

/** A run as it is kept: what was found, on what, with which settings. */
export interface Result extends Report, Surroundings {
  readonly bench: string;
  readonly title: string;
  readonly at: string;
  readonly quick: boolean;
  readonly settings: Command['settings'];
}

/** Runs a bench, prints its table, keeps its JSON and, if asked to, its place in the documentation. */
export async function runBench(world: World, { bench, settings, quick, docs, as }: Command, tell: (line: string) => void = console.log, signal?: AbortSignal): Promise<{ result: Result; failures: number }> {
  const surroundings = await surroundingsOf(world);
  const at = new Date().toISOString();
  tell(`${bench.title}\n${inOneLine(surroundings)}\n${JSON.stringify(settings)}\n`);
  const report = await bench.run(world, settings, tell);
  // What was found while the database was being taken away is nothing to keep.
  signal?.throwIfAborted();
  const result: Result = { bench: bench.name, title: bench.title, at, quick, settings, ...surroundings, ...report };
  tell(`\n${toText(report)}`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(`${RESULTS}/${as}.json`, `${JSON.stringify(result, null, 2)}\n`);
  tell(`\n${RESULTS}/${as}.json`);
  if (docs) writeToDocs(bench.name, `${toMarkdown(report)}\n\n${quick ? 'A quick run; ' : ''}${at.slice(0, 10)}, ${inOneLine(surroundings)}.`);
  return { result, failures: report.rows.filter(({ failed }) => failed !== undefined).length };
}
