import { parseArgs } from 'node:util';
import type { Bench, Settings } from './bench.js';
import { consumerBench } from './consumer.bench.js';
import { historyBench } from './history.bench.js';
import { latencyBench } from './latency.bench.js';
import { outboxBench } from './outbox.bench.js';
import { writerBench } from './writer.bench.js';

/** Every bench, by its name on the command line. */
export const BENCHES: readonly Bench[] = [outboxBench, latencyBench, consumerBench, writerBench, historyBench];

const DEFAULTS: Settings = { events: 10_000, aggregates: 1_000, rounds: 3, seconds: 5, rate: 500, rows: 0, untuned: true };
const FIGURES = ['events', 'aggregates', 'rounds', 'seconds', 'rate', 'rows'] as const;

/** What the command line asks for. */
export interface Command {
  readonly bench: Bench;
  readonly settings: Settings;
  readonly quick: boolean;
  /** Whether the table goes into docs/benchmarks.md. */
  readonly docs: boolean;
  /** Name of the JSON file, without its ending. */
  readonly as: string;
}

/** Reads the arguments; ends the process with a sentence when they make no sense. */
export function readCommand(args: string[]): Command {
  const figure = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      as: { type: 'string' },
      only: { type: 'string' },
      events: figure,
      aggregates: figure,
      rounds: figure,
      seconds: figure,
      rate: figure,
      rows: figure,
    },
  });
  const bench = BENCHES.find(({ name }) => name === positionals[0]);
  if (!bench || positionals.length > 1) fail(`name one bench: ${BENCHES.map(({ name }) => name).join(' | ')}`);
  const given = FIGURES.flatMap((name) => (values[name] === undefined ? [] : [[name, positive(name, values[name])]]));
  const { quick, docs, as = bench.name } = values;
  const settings = { ...settingsOf(bench, quick), ...Object.fromEntries(given), ...(values.only && { only: values.only.split(','), untuned: true }) };
  return { bench, settings, quick, docs, as };
}

/** A bench's own settings, of a full or a quick run. */
export function settingsOf(bench: Bench, quick: boolean): Settings {
  return { ...DEFAULTS, ...bench.full, ...(quick && bench.quick) };
}

function positive(name: string, value: string): number {
  const figure = Number(value.replaceAll('_', ''));
  if (!(figure > 0)) fail(`--${name} takes a figure above 0`);
  return figure;
}

function fail(sentence: string): never {
  console.error(`npm run bench -- …: ${sentence}`);
  process.exit(2);
}
