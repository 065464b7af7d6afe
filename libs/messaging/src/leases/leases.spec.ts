import { newId } from '#leadwire/kernel';
import { TestDatabase, until } from '#leadwire/testing';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CreateBackbone1700000000000 } from '../migrations/create-backbone.js';
import { Leases } from './leases.js';

describe('leases', () => {
  let database: TestDatabase;
  const standing: Leases[] = [];
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    database = await TestDatabase.create({ leads: [CreateBackbone1700000000000] });
  });
  afterEach(async () => {
    await Promise.all(standing.splice(0).map((leases) => leases.stop()));
    for (const process of processes.splice(0)) process.kill('SIGKILL');
  });
  afterAll(() => database.drop());

  /** A replica in this process that stands for the names, and what it holds. */
  function replica(names: string[], group: string): { held: Set<string>; leases: Leases } {
    const leases = new Leases(database.urlFor('leads'), 'leases-test', group);
    const held = new Set<string>();
    standing.push(leases);
    for (const name of names) leases.stand(name, { onWon: () => void held.add(name), onLost: () => void held.delete(name) });
    return { held, leases };
  }

  /** A replica in a process of its own that holds the name. */
  async function holderProcess(name: string, group: string): Promise<ChildProcess> {
    const child = fork(new URL('lease-holder.harness.mjs', import.meta.url), [database.urlFor('leads'), group, name], { execArgv: [] });
    processes.push(child);
    await once(child, 'message');
    return child;
  }

  it('are shared out evenly, also when a replica joins, each held once', async () => {
    const group = newId();
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${group}/${name}`);
    const first = replica(names, group);
    await until('the first holds all', () => first.held.size === 5);
    const second = replica(names, group);
    await until('the second has its share', () => second.held.size === 2 && first.held.size === 3);
    expect([...first.held, ...second.held].sort()).toEqual(names);
    await first.leases.stop();
    await until('the second holds all', () => second.held.size === 5);
  });

  it('pass on within two seconds of a kill -9', async () => {
    const group = newId();
    const child = await holderProcess(`${group}/x`, group);
    const heir = replica([`${group}/x`], group);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(heir.held.size).toBe(0);
    const killed = performance.now();
    child.kill('SIGKILL');
    await until('the heir holds it', () => heir.held.size === 1);
    expect(performance.now() - killed).toBeLessThan(2_000);
  });

  it('pass on from a process that is frozen, and are not held twice when it thaws', async () => {
    const group = newId();
    const child = await holderProcess(`${group}/x`, group);
    const heir = replica([`${group}/x`], group);
    child.kill('SIGSTOP');
    await until('the heir holds it', () => heir.held.size === 1, 12_000);
    const lost = once(child, 'message');
    child.kill('SIGCONT');
    expect(await lost).toEqual(['lost', undefined]);
    expect(heir.held.size).toBe(1);
  });

  it('come back to a replica whose connection was cut', async () => {
    const group = newId();
    const only = replica([`${group}/x`], group);
    await until('it is held', () => only.held.size === 1);
    await database.admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'leases-test'`);
    await until('it is lost', () => only.held.size === 0);
    await until('it is held again', () => only.held.size === 1);
  });
});
