import type { Bench } from './bench.js';
import { attendanceOf } from './contestants/attendance.js';
import type { Contestant } from './contestants/contestant.js';
import { lineUp, YARDSTICK } from './contestants/line-up.js';
import { drain, type Drained } from './measure/drain.js';
import { median, spread } from './measure/figures.js';
import { playRounds, type Outcome } from './measure/rounds.js';
import type { Report, Row, Verdict } from './report/report.js';

const WARM_UP_SHARE = 0.1;

/** How fast committed events reach the stream. */
export const outboxBench: Bench = {
  name: 'outbox',
  title: 'Committed events drained to JetStream',
  full: { events: 100_000, aggregates: 1_000, rounds: 3 },
  quick: { events: 1_000, aggregates: 100, rounds: 1, untuned: false },
  async run(world, settings, tell) {
    const { events, aggregates, rounds } = settings;
    const { present, absent } = await attendanceOf(lineUp(), settings, world);
    const share = (contestant: Contestant): number => Math.min(events, contestant.mostEvents ?? events);
    const outcomes = await playRounds(
      present,
      rounds,
      (contestant, { round }) => drain(contestant, world, round > 0 ? share(contestant) : Math.ceil(share(contestant) * WARM_UP_SHARE), aggregates),
      ({ name }, { round }, { events: drained, seconds, perSecond }) => tell(`${round === 0 ? 'warm-up' : `round ${round}`}  ${name}: ${drained} events in ${seconds.toFixed(2)} s, ${Math.round(perSecond)}/s`),
    );
    return reportOf(outcomes, [`${aggregates} aggregates; a backlog committed first, then drained; time from the start of the worker until the stream holds all and the database knows it.`, ...absent]);
  },
};

function reportOf(outcomes: Outcome<Contestant, Drained>[], remarks: string[]): Report {
  const speed = new Map(outcomes.filter(({ failed }) => !failed).map(({ entrant, results }) => [entrant.key, median(results.map(({ perSecond }) => perSecond))]));
  const yardstick = speed.get(YARDSTICK);
  return {
    columns: [
      { key: 'contestant', head: 'contestant' },
      { key: 'perSecond', head: 'events/s' },
      { key: 'ofYardstick', head: 'of the bare relay', decimals: 2 },
      { key: 'spread', head: 'rounds' },
      { key: 'events', head: 'events' },
      { key: 'order', head: 'order kept' },
      { key: 'repeated', head: 'repeated' },
      { key: 'settings', head: 'settings' },
    ],
    rows: outcomes.map((outcome) => rowOf(outcome, yardstick)),
    remarks,
    verdicts: verdictsOf(outcomes, speed),
  };
}

function rowOf({ entrant, results, failed }: Outcome<Contestant, Drained>, yardstick: number | undefined): Row {
  const named = { contestant: entrant.name, key: entrant.key, settings: entrant.settings };
  if (failed) return { ...named, failed };
  const perSecond = median(results.map((result) => result.perSecond));
  const audits = results.flatMap(({ audit }) => (audit ? [audit] : []));
  const disordered = audits.reduce((sum, audit) => sum + audit.disordered, 0);
  return {
    ...named,
    perSecond,
    ofYardstick: yardstick && perSecond / yardstick,
    spread: spread(results.map((result) => result.perSecond)),
    events: results[0]!.events,
    order: audits.length > 0 ? orderText(entrant, disordered) : undefined,
    disordered,
    repeated: audits.length > 0 ? audits.reduce((sum, audit) => sum + audit.repeated, 0) : undefined,
  };
}

function orderText({ claimsOrder }: Contestant, disordered: number): string {
  if (disordered > 0) return `no: ${disordered} out of order`;
  return claimsOrder ? 'yes, promised' : 'this time, not promised';
}

function verdictsOf(outcomes: Outcome<Contestant, Drained>[], speed: Map<string, number>): Verdict[] {
  const [own, yardstick] = [speed.get('leadwire'), speed.get(YARDSTICK)];
  if (!own) return [];
  const peers = outcomes.filter(({ entrant }) => entrant.kind === 'peer').flatMap(({ entrant }) => speed.get(entrant.key) ?? []);
  const best = Math.max(...peers);
  return [
    ...(yardstick ? [{ floor: 'at least 0.9 of the bare relay', figure: own / yardstick, holds: own / yardstick >= 0.9 }] : []),
    ...(peers.length > 0 ? [{ floor: 'ahead of the fastest peer (times its speed)', figure: own / best, holds: own > best }] : []),
  ];
}
