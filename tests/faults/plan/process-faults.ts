import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.js';

/** `kill -9` of a replica, which a process manager starts again. */
export const killReplica: Fault = async (stage, random) => {
  const { process } = random.pick(stage.players);
  const away = random.whole(50, 2_500);
  await stage.exclusive(process, async () => {
    stage.play.tell(`kill -9 ${process.name}, back after ${away} ms`);
    process.kill();
    await sleep(away);
    process.start();
  });
};

/** SIGSTOP of a replica, short or longer than its leases last. */
export const freezeReplica: Fault = async (stage, random) => {
  const { process } = random.pick(stage.players);
  const still = random.chance(0.5) ? random.whole(300, 2_000) : random.whole(6_000, 9_000);
  await stage.exclusive(process, async () => {
    stage.play.tell(`SIGSTOP ${process.name} for ${still} ms`);
    process.freeze();
    await sleep(still);
    process.thaw();
  });
};

/** SIGSTOP of a server. */
export const freezeServer: Fault = async (stage, random) => {
  const which = random.pick(['nats', 'postgres'] as const);
  const still = random.whole(500, 4_000);
  const server = stage.servers[which];
  await stage.exclusive(server, async () => {
    stage.play.tell(`SIGSTOP ${which} for ${still} ms`);
    server.freeze();
    await sleep(still);
    server.thaw();
  });
};

/** A replica is told to end in order while it works, and started again. */
export const endReplica: Fault = async (stage, random) => {
  const { process } = random.pick(stage.players);
  await stage.exclusive(process, async () => {
    stage.play.tell(`end ${process.name} in order and start it again`);
    await process.stop();
    process.start();
  });
};

const STEPS_MS = [-86_400_000, -3_600_000, -5_000, 5_000, 3_600_000, 10 * 86_400_000];

/** The wall clock of a replica is stepped; it is set right later, or stays wrong to the end. */
export const stepClock: Fault = async (stage, random) => {
  const { process } = random.pick(stage.players);
  const clockMs = random.pick(STEPS_MS);
  const wrong = random.whole(500, 6_000);
  const stays = random.chance(0.3);
  stage.play.tell(`clock of ${process.name} ${clockMs > 0 ? '+' : ''}${clockMs / 1_000} s ${stays ? 'from now on' : `for ${wrong} ms`}`);
  process.change({ clockMs });
  if (stays) return;
  await sleep(wrong);
  process.change({ clockMs: 0 });
};
