import type { Bench } from './bench.js';
import { bareConsumer, leadwireConsumer, pullCeiling, sqlConsumer, type ConsumerEntrant, type Course } from './contestants/consumer-entrants.js';
import { LeadwireService } from './leadwire/replica.js';
import { median, spread } from './measure/figures.js';
import { chosen, playRounds, type Outcome } from './measure/rounds.js';
import type { Column, Row } from './report/report.js';
import { EventSource, pieces } from './servers/bench-event.js';
import type { World } from './servers/world.js';

/** What the product's batched consumer is measured by. */
const YARDSTICK = 'sql-500';
const BATCHED = 'leadwire-500';

/** How fast events on a stream have their effect. */
export const consumerBench: Bench = {
  name: 'consumer',
  title: 'Events on a stream, handled with inbox and an INSERT',
  full: { events: 50_000, aggregates: 1_000, rounds: 3 },
  quick: { events: 1_000, aggregates: 50, rounds: 1 },
  async run(world, { events, aggregates, rounds, only }, tell) {
    const course = await layCourse(world, events, aggregates, tell);
    const outcomes = await playRounds(
      chosen(entrants(), only),
      rounds,
      async (entrant, { round }) => events / (await entrant.handle(course, round)),
      ({ name }, { round }, perSecond) => tell(`${round === 0 ? 'warm-up' : `round ${round}`}  ${name}: ${Math.round(perSecond)}/s`),
    );
    const speed = new Map(outcomes.filter(({ failed }) => !failed).map(({ entrant, results }) => [entrant.key, median(results)]));
    const [own, yardstick] = [speed.get(BATCHED), speed.get(YARDSTICK)];
    const ratio = own && yardstick ? own / yardstick : undefined;
    return {
      columns: COLUMNS,
      rows: outcomes.map((outcome) => rowOf(outcome, yardstick)),
      remarks: [
        `${events} events of one tenant and ${aggregates} aggregates, published by the product's relay; everybody reads the same stream. Every effect was counted, and the product's looked through for order within each aggregate.`,
        'The product runs eight batches at once, of different aggregates, under row-level security; SQL alone runs as the database\'s owner.',
      ],
      verdicts: ratio === undefined ? [] : [{ floor: 'batches of 500 at least 0.5 of the effect\'s SQL alone, batched', figure: ratio, holds: ratio >= 0.5 }],
    };
  },
};

function entrants(): ConsumerEntrant[] {
  return [
    leadwireConsumer(1),
    leadwireConsumer(100),
    leadwireConsumer(500),
    bareConsumer,
    sqlConsumer(1, 8),
    sqlConsumer(100, 1),
    sqlConsumer(500, 1),
    sqlConsumer(100, 1, true),
    sqlConsumer(500, 1, true),
    pullCeiling,
  ];
}

async function layCourse(world: World, count: number, aggregates: number, tell: (line: string) => void): Promise<Course> {
  const service = await LeadwireService.create(world);
  const events = new EventSource(aggregates).take(count);
  const replica = await service.replica();
  await replica.startRelay();
  for (const piece of pieces(events, 500)) await replica.write(piece);
  const stream = await service.stream();
  while ((await stream.messages()) < count || (await service.unpublished()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await replica.stop();
  tell(`${count} events are on the stream`);
  return { world, service, stream: stream.name, events };
}

const COLUMNS: Column[] = [
  { key: 'contestant', head: 'contestant' },
  { key: 'perSecond', head: 'events/s' },
  { key: 'ofYardstick', head: 'of the effect alone, batched', decimals: 2 },
  { key: 'spread', head: 'rounds' },
];

function rowOf({ entrant, results, failed }: Outcome<ConsumerEntrant, number>, yardstick: number | undefined): Row {
  if (failed) return { contestant: entrant.name, key: entrant.key, failed };
  return { contestant: entrant.name, key: entrant.key, perSecond: median(results), ofYardstick: yardstick && median(results) / yardstick, spread: spread(results) };
}
