import type { Bench } from './bench.js';
import { leadwire } from './contestants/leadwire.js';
import type { Contestant } from './contestants/contestant.js';
import { waitsOf } from './latency.bench.js';
import { drain } from './measure/drain.js';
import { median, spread } from './measure/figures.js';
import { measureLatency, type Waits } from './measure/latency.js';
import { playRounds, type Outcome } from './measure/rounds.js';
import type { Column, Row } from './report/report.js';

const SLOWEST = 0.9;

interface Lap {
  readonly perSecond: number;
  readonly waits: Waits;
}

/** Whether published rows that lie behind slow down today's. */
export const historyBench: Bench = {
  name: 'history',
  title: 'The same with published rows behind it',
  full: { rows: 10_000_000, events: 100_000, aggregates: 1_000, rate: 500, seconds: 5, rounds: 3 },
  quick: { rows: 20_000, events: 1_000, aggregates: 50, rate: 100, seconds: 1, rounds: 1 },
  async run(world, { rows, events, aggregates, rate, seconds, rounds }, tell) {
    const outcomes = await playRounds(
      entrants(rows, tell),
      rounds,
      async (contestant, { round }): Promise<Lap> => ({
        perSecond: (await drain(contestant, world, round > 0 ? events : Math.ceil(events / 10), aggregates)).perSecond,
        waits: await measureLatency(contestant, world, { rate, seconds: round > 0 ? seconds : 1, aggregates }),
      }),
      ({ name }, { round }, { perSecond, waits }) => tell(`${round === 0 ? 'warm-up' : `round ${round}`}  ${name}: ${Math.round(perSecond)}/s, p50 ${waitsOf([waits]).p50.toFixed(2)} ms, p99 ${waitsOf([waits]).p99.toFixed(2)} ms`),
    );
    const [empty, full] = outcomes.map(({ results }) => (results.length > 0 ? median(results.map(({ perSecond }) => perSecond)) : undefined));
    const ratio = empty && full ? full / empty : undefined;
    return {
      columns: COLUMNS,
      rows: outcomes.map((outcome) => rowOf(outcome, empty)),
      remarks: [`${events} events drained, then ${rate} events/s for ${seconds} s, on two databases in turn; in one of them ${rows} published rows of the last five days were there before.`],
      verdicts: ratio === undefined ? [] : [{ floor: 'drained within 10 % of the empty one', figure: ratio, holds: ratio >= SLOWEST }],
    };
  },
};

function entrants(rows: number, tell: (line: string) => void): Contestant[] {
  return [
    leadwire({ key: 'empty', name: 'leadwire, nothing behind', keepsRows: true }),
    leadwire({
      key: 'history',
      name: `leadwire, ${rows.toLocaleString('en')} published rows behind`,
      keepsRows: true,
      world: (world) => world.beside('history'),
      prepare: (service) => service.writeHistory(rows, (written) => tell(`${written} published rows written`)),
    }),
  ];
}

const COLUMNS: Column[] = [
  { key: 'contestant', head: 'outbox' },
  { key: 'perSecond', head: 'drained events/s' },
  { key: 'ofEmpty', head: 'of the empty one', decimals: 2 },
  { key: 'spread', head: 'rounds' },
  { key: 'p50', head: 'p50 ms', decimals: 2 },
  { key: 'p99', head: 'p99 ms', decimals: 2 },
];

function rowOf({ entrant, results, failed }: Outcome<Contestant, Lap>, empty: number | undefined): Row {
  if (failed) return { contestant: entrant.name, key: entrant.key, failed };
  const speeds = results.map(({ perSecond }) => perSecond);
  const { p50, p99 } = waitsOf(results.map(({ waits }) => waits));
  return { contestant: entrant.name, key: entrant.key, perSecond: median(speeds), ofEmpty: empty && median(speeds) / empty, spread: spread(speeds), p50, p99 };
}
