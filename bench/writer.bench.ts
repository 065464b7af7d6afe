import type { Bench } from './bench.js';
import { bareWriter, leadwireWriter, throughBareInsert, throughOutbox, WRITERS, type WriterEntrant } from './contestants/writer-entrants.js';
import { LeadwireService } from './leadwire/replica.js';
import { median, spread } from './measure/figures.js';
import { chosen, playRounds, type Outcome } from './measure/rounds.js';
import type { Column, Row } from './report/report.js';
import { EventSource } from './servers/bench-event.js';
import type { World } from './servers/world.js';

const FLOOR = 0.7;

/** What telling an event costs the transaction that tells it. */
export const writerBench: Bench = {
  name: 'writer',
  title: 'A business transaction with its event, beside without',
  full: { seconds: 4, rounds: 5, aggregates: 10_000 },
  quick: { seconds: 0.3, rounds: 1, aggregates: 100 },
  async run(world, { seconds, aggregates, rounds, only }, tell) {
    const outcomes = await playRounds(
      chosen(entrants(world), only),
      rounds,
      (entrant, { round }) => write(entrant, world, round > 0 ? seconds : Math.min(seconds, 1), aggregates),
      ({ name }, { round }, perSecond) => tell(`${round === 0 ? 'warm-up' : `round ${round}`}  ${name}: ${Math.round(perSecond)} transactions/s`),
    );
    const speed = new Map(outcomes.filter(({ failed }) => !failed).map(({ entrant, results }) => [entrant.key, median(results)]));
    const [own, without] = [speed.get('leadwire'), speed.get('leadwire-without')];
    const ratio = own && without ? own / without : undefined;
    return {
      columns: COLUMNS,
      rows: outcomes.map((outcome) => rowOf(outcome, speed)),
      remarks: [`${WRITERS} connections, one business row a transaction, events of ${aggregates} aggregates in turn, ${seconds} s a round; no relay runs beside. Every row was counted.`],
      verdicts: ratio === undefined ? [] : [{ floor: `with its event at least ${FLOOR} of the throughput without`, figure: ratio, holds: ratio >= FLOOR }],
    };
  },
};

function entrants(world: World): WriterEntrant[] {
  let made: Promise<LeadwireService> | undefined;
  const service = (): Promise<LeadwireService> => (made ??= LeadwireService.create(world));
  return [
    leadwireWriter('leadwire-without', 'leadwire, without events', service, 0, () => Promise.resolve()),
    leadwireWriter('leadwire', 'leadwire, one event through the outbox', service, 1, throughOutbox(1)),
    leadwireWriter('leadwire-bare', 'leadwire\'s transaction, with a bare outbox INSERT', service, 1, throughBareInsert),
    leadwireWriter('leadwire-10', 'leadwire, addMany of 10 events', service, 10, throughOutbox(10)),
    leadwireWriter('leadwire-100', 'leadwire, addMany of 100 events', service, 100, throughOutbox(100)),
    bareWriter(false),
    bareWriter(true),
  ];
}

async function write(entrant: WriterEntrant, world: World, seconds: number, aggregates: number): Promise<number> {
  const writing = await entrant.open(world, new EventSource(aggregates));
  try {
    await world.sql.query('checkpoint');
    const began = performance.now();
    const counts = await Promise.all(Array.from({ length: WRITERS }, () => writeUntil(writing.once, began + seconds * 1000)));
    const took = (performance.now() - began) / 1000;
    const transactions = counts.reduce((sum, count) => sum + count, 0);
    const { business, events } = await writing.written();
    if (business !== transactions || events !== transactions * entrant.events) throw new Error(`${transactions} transactions left ${business} rows and ${events} events`);
    return transactions / took;
  } finally {
    await writing.close();
  }
}

async function writeUntil(once: () => Promise<void>, end: number): Promise<number> {
  let count = 0;
  for (; performance.now() < end; count++) await once();
  return count;
}

const COLUMNS: Column[] = [
  { key: 'contestant', head: 'transaction' },
  { key: 'perSecond', head: 'transactions/s' },
  { key: 'ofWithout', head: 'of the same without', decimals: 2 },
  { key: 'eventsPerSecond', head: 'events/s' },
  { key: 'spread', head: 'rounds' },
];

function rowOf({ entrant, results, failed }: Outcome<WriterEntrant, number>, speed: Map<string, number>): Row {
  if (failed) return { contestant: entrant.name, key: entrant.key, failed };
  const perSecond = median(results);
  const without = entrant.without && speed.get(entrant.without);
  return { contestant: entrant.name, key: entrant.key, perSecond, ofWithout: without ? perSecond / without : undefined, eventsPerSecond: perSecond * entrant.events, spread: spread(results) };
}
