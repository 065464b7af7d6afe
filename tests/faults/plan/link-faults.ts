import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultProxy } from '../stage/fault-proxy.js';
import type { Stage } from '../stage/stage.js';
import type { Fault } from './fault.js';
import type { Random } from './random.js';

/** The bus cannot be reached by one replica, or by all. */
export const cutBus: Fault = async (stage, random) => {
  const { proxies, whose } = some(stage, random, 'nats');
  const ms = random.whole(500, 6_000);
  await stage.exclusive('link to nats', async () => {
    stage.play.tell(`nats unreachable for ${whose} for ${ms} ms`);
    for (const proxy of proxies) proxy.cut();
    await sleep(ms);
    for (const proxy of proxies) proxy.restore();
  });
};

/** A link goes dead without a word; what was sent meanwhile arrives late, or never. */
export const stallLink: Fault = async (stage, random) => {
  const server = random.pick(['nats', 'postgres'] as const);
  const { proxies, whose } = some(stage, random, server);
  const ms = random.whole(500, 8_000);
  const lost = random.chance(0.5);
  const oneOnly = server === 'postgres' && random.chance(0.7);
  await stage.exclusive(`link to ${server}`, async () => {
    stage.play.tell(`${oneOnly ? 'one connection' : 'the link'} of ${whose} to ${server} stalls for ${ms} ms, then ${lost ? 'breaks' : 'delivers late'}`);
    for (const proxy of proxies) proxy.stall(oneOnly ? random : undefined);
    await sleep(ms);
    for (const proxy of proxies) if (lost) proxy.reset();
    for (const proxy of proxies) proxy.restore();
  });
};

/** Connections to PostgreSQL are reset. */
export const resetPostgres: Fault = async (stage, random) => {
  const { proxies, whose } = some(stage, random, 'postgres');
  const times = random.whole(1, 4);
  stage.play.tell(`connections of ${whose} to postgres reset, ${times} times`);
  for (let i = 0; i < times; i++) {
    for (const proxy of proxies) proxy.reset();
    await sleep(random.whole(50, 700));
  }
};

/** Every message to and from PostgreSQL is late. */
export const slowPostgres: Fault = async (stage, random) => {
  const { proxies, whose } = some(stage, random, 'postgres');
  const delayMs = random.whole(10, 150);
  const ms = random.whole(1_000, 5_000);
  await stage.exclusive('link to postgres', async () => {
    stage.play.tell(`postgres ${delayMs} ms slower for ${whose} for ${ms} ms`);
    for (const proxy of proxies) proxy.delayMs = delayMs;
    await sleep(ms);
    for (const proxy of proxies) proxy.restore();
  });
};

function some(stage: Stage, random: Random, server: 'nats' | 'postgres'): { proxies: FaultProxy[]; whose: string } {
  if (random.chance(0.4)) return { proxies: stage.players.map((player) => player[server]), whose: 'all' };
  const one = random.pick(stage.players);
  return { proxies: [one[server]], whose: one.process.name };
}
