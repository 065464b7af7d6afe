import { testServers } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENCHES, settingsOf } from './command.js';
import { withTable } from './report/docs-table.js';
import { toMarkdown } from './report/table.js';
import { runBench, type Result } from './run-bench.js';
import { createWorld, type World } from './servers/world.js';

let world: World;
beforeAll(async () => {
  const { databaseUrl, natsUrl } = testServers();
  world = await createWorld(databaseUrl, natsUrl, 'smoke');
});
afterAll(() => world.drop());

const TINY = { events: 300, aggregates: 20, seconds: 0.3, rate: 50, rows: 2_000 };

async function play(name: string): Promise<Result> {
  const bench = BENCHES.find((one) => one.name === name)!;
  const settings = { ...settingsOf(bench, true), ...TINY };
  const { result } = await runBench(world, { bench, settings, quick: true, docs: false, as: `smoke-${name}` }, () => undefined);
  return JSON.parse(JSON.stringify(result)) as Result;
}

const figuresOf = ({ rows }: Result, key: string): Record<string, unknown> => Object.fromEntries(rows.map((row) => [row.key as string, row[key]]));
const failuresOf = ({ rows }: Result): string[] => rows.flatMap(({ contestant, failed }) => (failed ? [`${contestant}: ${failed}`] : []));

// A round throws, and its row says why, when an event is missing, doubled, or out of a promised order.
describe('a quick run', () => {
  it('of outbox drains everything that every contestant was given', async () => {
    const result = await play('outbox');
    expect(failuresOf(result)).toEqual([]);
    expect(Object.keys(figuresOf(result, 'events'))).toEqual(expect.arrayContaining(['leadwire', 'bare', 'bare-delete', 'sql', 'publish', 'pg-boss', 'graphile-worker', 'pg-transactional-outbox']));
    expect(new Set(Object.values(figuresOf(result, 'events')))).toEqual(new Set([TINY.events]));
    expect(result.verdicts).toHaveLength(2);
    expect(result.postgres).toMatchObject({ synchronous_commit: 'on' });
    expect(Object.keys(result.packages)).toContain('pg-boss');
  }, 120_000);

  it('of latency hears of every commit', async () => {
    const result = await play('latency');
    expect(failuresOf(result)).toEqual([]);
    expect(new Set(Object.values(figuresOf(result, 'events')))).toEqual(new Set([Math.ceil(TINY.rate * TINY.seconds)]));
  }, 120_000);

  it('of consumer has every effect once', async () => {
    const result = await play('consumer');
    expect(failuresOf(result)).toEqual([]);
    expect(Object.keys(figuresOf(result, 'perSecond'))).toEqual(expect.arrayContaining(['leadwire-1', 'leadwire-100', 'leadwire-500', 'sql-500', 'pull']));
  }, 120_000);

  it('of writer leaves every row it counted', async () => {
    const result = await play('writer');
    expect(failuresOf(result)).toEqual([]);
    expect(result.rows).toHaveLength(7);
  }, 120_000);

  it('of history drains with rows behind it', async () => {
    const result = await play('history');
    expect(failuresOf(result)).toEqual([]);
    expect(Object.keys(figuresOf(result, 'perSecond'))).toEqual(['empty', 'history']);
  }, 120_000);
});

describe('a report', () => {
  it('takes its place between its markers, and nothing else moves', () => {
    const table = toMarkdown({ columns: [{ key: 'contestant', head: 'who' }, { key: 'speed', head: 'events/s' }], rows: [{ contestant: 'a', speed: 1234.4 }, { contestant: 'b', failed: 'fell over' }], remarks: [] });
    expect(table.split('\n')).toEqual(['| who | events/s |', '| --- | ---: |', '| a | 1,234 |', '| b | fell over |']);
    const document = 'before\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nafter';
    expect(withTable(document, 'x', 'new')).toBe('before\n<!-- bench:x -->\nnew\n<!-- /bench:x -->\nafter');
    expect(() => withTable(document, 'y', 'new')).toThrow('no markers');
  });
});
