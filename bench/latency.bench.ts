import type { Bench } from './bench.js';
import { attendanceOf } from './contestants/attendance.js';
import type { Contestant } from './contestants/contestant.js';
import { lineUp } from './contestants/line-up.js';
import { median, percentile } from './measure/figures.js';
import { measureLatency, type Waits } from './measure/latency.js';
import { playRounds, type Outcome } from './measure/rounds.js';
import type { Column, Row, Verdict } from './report/report.js';

// They differ from the yardstick in how fast they drain, not in how fast they wake.
const SAME_WAKING = new Set(['bare-delete', 'bare-cloudevents']);

/** How long an event takes from its commit to its committed effect. */
export const latencyBench: Bench = {
  name: 'latency',
  title: 'From the commit to the committed effect',
  full: { rate: 500, seconds: 10, rounds: 3, aggregates: 1_000 },
  quick: { rate: 100, seconds: 1, rounds: 1, aggregates: 100, untuned: false },
  async run(world, settings, tell) {
    const { rate, seconds, aggregates, rounds } = settings;
    const able = lineUp().filter(({ key, mostPerSecond }) => mostPerSecond !== 0 && !SAME_WAKING.has(key));
    const { present, absent } = await attendanceOf(able, settings, world);
    const outcomes = await playRounds(
      present,
      rounds,
      (contestant, { round }) => measureLatency(contestant, world, { rate: Math.min(rate, contestant.mostPerSecond ?? rate), seconds: round > 0 ? seconds : 1, aggregates }),
      ({ name }, { round }, { waits, committed }) => tell(`${round === 0 ? 'warm-up' : `round ${round}`}  ${name}: ${committed} events, p50 ${percentile(waits, 0.5).toFixed(2)} ms, p99 ${percentile(waits, 0.99).toFixed(2)} ms`),
    );
    return {
      columns: COLUMNS,
      rows: outcomes.map(rowOf),
      remarks: [
        `${aggregates} aggregates, ${seconds} s a round after one second of warm-up; from the answer to the COMMIT until the effect (inbox row and INSERT) is committed; writer, relay and consumer in one process.`,
        'leadwire is read by its own consumers, everybody else by one bare consumer (batches of what has arrived, inbox and effect in one statement).',
        ...absent,
      ],
      verdicts: verdictsOf(outcomes),
    };
  },
};

const COLUMNS: Column[] = [
  { key: 'contestant', head: 'contestant' },
  { key: 'p50', head: 'p50 ms', decimals: 2 },
  { key: 'p99', head: 'p99 ms', decimals: 2 },
  { key: 'max', head: 'max ms', decimals: 1 },
  { key: 'rate', head: 'events/s', decimals: 1 },
  { key: 'events', head: 'events' },
  { key: 'order', head: 'order kept' },
];

/** Medians over the rounds of each round's percentiles. */
export function waitsOf(results: readonly Waits[]): { p50: number; p99: number; max: number } {
  const at = (share: number): number => median(results.map(({ waits }) => percentile(waits, share)));
  return { p50: at(0.5), p99: at(0.99), max: Math.max(...results.map(({ waits }) => waits.at(-1)!)) };
}

function rowOf({ entrant, results, failed }: Outcome<Contestant, Waits>): Row {
  if (failed) return { contestant: entrant.name, key: entrant.key, failed };
  const disordered = results.reduce((sum, result) => sum + result.disordered, 0);
  return {
    contestant: entrant.name,
    key: entrant.key,
    ...waitsOf(results),
    rate: median(results.map(({ perSecond }) => perSecond)),
    events: results[0]!.committed,
    order: disordered === 0 ? 'yes' : `no: ${disordered} out of order`,
    settings: entrant.settings,
  };
}

function verdictsOf(outcomes: Outcome<Contestant, Waits>[]): Verdict[] {
  const own = outcomes.find(({ entrant, failed }) => entrant.key === 'leadwire' && !failed);
  if (!own) return [];
  const { p50, p99 } = waitsOf(own.results);
  return [
    { floor: 'p50 at most 2 ms', figure: p50, holds: p50 <= 2 },
    { floor: 'p99 at most 10 ms', figure: p99, holds: p99 <= 10 },
  ];
}
