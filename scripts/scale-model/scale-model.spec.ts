import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { limitsOf } from './limits.js';
import { BILLION, type Load } from './load.js';
import { scaleTables } from './markdown.js';
import { needsOf } from './needs.js';
import { NOT_YET, SCALE_DOCUMENT, tablesIn, withTables } from './scale-document.js';
import { takeFigures, type BenchResult } from './take-figures.js';
import { measuredCosts, readUnitCosts, type UnitCosts } from './unit-costs.js';

const COSTS: UnitCosts = {
  speeds: { relay: 50_000, claimAndMark: 100_000, publish: 120_000, handleOne: 2_000, handleBatched: 20_000, write: 6_000 },
  sizes: { tellWal: 800, markWal: 700, handleWal: 300, outboxRow: 1_000, inboxRow: 200, message: 800 },
};

// 1,000 events a second, everything even and nothing spared: what comes out can be reckoned by hand.
const PLAIN: Load = {
  ...BILLION,
  eventsPerDay: 86_400_000, peakFactor: 1, shares: { leads: 1 }, fanOut: 1, busiestConsumer: 1, headroom: 1, diskFilled: 1, replicatedShare: 1,
};

describe('limits', () => {
  const perSecond = (what: string, load: Load = PLAIN) => limitsOf(load, COSTS).find((limit) => limit.what.startsWith(what))!.eventsPerDay / 86_400;

  it('are what was measured, when nothing is spared and one service tells everything', () => {
    expect(perSecond('one relay')).toBeCloseTo(50_000);
    expect(perSecond('one durable of the busiest consumer, one event')).toBeCloseTo(2_000);
    expect(perSecond('8 durables')).toBeCloseTo(160_000);
    expect(perSecond('CPU')).toBeCloseTo(64 / (2 / 6_000 + 2 / 100_000 + 2 / 20_000));
    expect(perSecond('its disk')).toBeCloseTo(8e12 / (8 * 1_000 + 15 * 200) / 86_400);
  });

  it('shrink with the peak and the headroom, and grow as services share the load', () => {
    expect(perSecond('one relay', { ...PLAIN, peakFactor: 5 })).toBeCloseTo(10_000);
    expect(perSecond('one relay', { ...PLAIN, headroom: 0.5 })).toBeCloseTo(25_000);
    expect(perSecond('one relay', { ...PLAIN, shares: { leads: 0.5, campaigns: 0.5 } })).toBeCloseTo(100_000);
  });

  it('come in the order in which they are reached', () => {
    const days = limitsOf(BILLION, COSTS).map(({ eventsPerDay }) => eventsPerDay);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
  });
});

describe('needs', () => {
  it('are one cell for what one carries, and as many as the first limit asks for beyond', () => {
    expect(needsOf(PLAIN, COSTS)).toMatchObject({ mean: 1_000, peak: 1_000, cells: 1, relays: { leading: 1, used: 0.02 } });
    const needs = needsOf({ ...PLAIN, eventsPerDay: 864_000_000_000, postgresServer: { cores: 1e6, diskBytes: 1e18 } }, COSTS);
    expect(needs).toMatchObject({ cells: 200, becauseOf: 'one relay for the busiest service', relays: { used: 1 } });
  });

  it('count every byte as often as it is written', () => {
    const { jetStream, postgres, network } = needsOf(PLAIN, COSTS);
    expect(jetStream).toMatchObject({ diskBytes: 86_400_000 * 800 * 7 * 3, writes: 3_000, nodes: 3 });
    expect(postgres.walPerSecond).toBeCloseTo(1_000 * (800 + 700 + 300));
    expect(postgres.diskBytes).toBe(86_400_000 * (8 * 1_000 + 15 * 200));
    expect(network).toEqual({ publish: 800_000, replicate: 1_600_000, deliver: 800_000 });
  });

  it('never plan more durables for a consumer than it has slots', () => {
    const { consumers, cells } = needsOf(BILLION, COSTS);
    expect(cells).toBeGreaterThan(1);
    expect(consumers.durablesOfBusiest).toBeLessThanOrEqual(BILLION.slots);
  });

  it('are asked of shares that make a whole', () => {
    expect(Object.values(BILLION.shares).reduce((sum, share) => sum + share)).toBeCloseTo(1);
  });
});

describe('unit costs', () => {
  const file = readUnitCosts();
  const results: BenchResult[] = [
    { bench: 'outbox', quick: false, machine: { cores: 4 }, rows: [{ key: 'leadwire', perSecond: 41_234.6 }, { key: 'sql', failed: 'no' }] },
    { bench: 'writer', quick: true, machine: { cores: 4 }, rows: [{ key: 'leadwire', perSecond: 1 }] },
  ];
  const unmeasured = { ...file, speeds: { ...file.speeds, relay: { ...file.speeds.relay, measured: null } } };

  it('are refused while one is not measured', () => {
    expect(() => measuredCosts(unmeasured)).toThrow(/not measured yet: .*relay/);
  });

  it('are taken from full runs of the benches, and from nothing else', () => {
    const taken = takeFigures(file, results);
    expect(taken.speeds.relay.measured).toBe(41_235);
    expect(taken.speeds.claimAndMark).toEqual(file.speeds.claimAndMark);
    expect(taken.speeds.write).toEqual(file.speeds.write);
    expect(taken.machine).toContain('4 cores');
  });
});

describe('docs/scale.md', () => {
  const document = readFileSync(SCALE_DOCUMENT, 'utf8');
  const file = readUnitCosts();
  const measured = Object.values(file.speeds).every((speed) => speed.measured !== null);

  it('holds what the model says of the costs measured: npm run scale -- --docs', () => {
    expect(tablesIn(document)).toBe(measured ? scaleTables(BILLION, measuredCosts(file), file) : NOT_YET);
  });

  it('is changed between its markers only', () => {
    expect(withTables(withTables(document, 'other'), tablesIn(document))).toBe(document);
  });
});
