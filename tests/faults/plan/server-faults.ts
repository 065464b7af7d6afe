import { jetstream } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage/stage.js';
import type { Fault } from './fault.js';

/** The nats-server is stopped or killed, and started again on the same store, which must be whole. */
export const restartNats: Fault = async (stage, random) => {
  const how = random.pick(['SIGTERM', 'SIGKILL'] as const);
  const away = random.whole(0, 3_000);
  const { nats } = stage.servers;
  await stage.exclusive(nats, async () => {
    stage.play.tell(`nats: ${how}, back after ${away} ms`);
    const before = await storeState(stage);
    await nats.end(how);
    await sleep(away);
    await nats.start();
    await compareStore(stage, before);
  });
};

/** PostgreSQL is stopped, crashes or is killed, and is started again. */
export const restartPostgres: Fault = async (stage, random) => {
  const how = random.pick(['fast', 'immediate', 'kill'] as const);
  const away = random.whole(0, 2_000);
  const { postgres } = stage.servers;
  await stage.exclusive(postgres, async () => {
    stage.play.tell(`postgres: ${how}, back after ${away} ms`);
    await postgres.end(how);
    await sleep(away);
    await postgres.start();
  });
};

/** The disk of the stream's store is full for a while; then there is room again. */
export const fillDisk: Fault = async (stage, random) => {
  const { nats } = stage.servers;
  const ms = random.whole(1_500, 5_000);
  await stage.exclusive(nats, async () => {
    stage.play.tell(`the disk of the stream's store is full for ${ms} ms`);
    const before = await storeState(stage);
    await nats.fillStore(stage.bus);
    await sleep(ms);
    await nats.freeStore(stage.bus);
    // A nats-server that met a full disk switches JetStream off, or half of it, until somebody starts it again.
    if (!(await takesMessages(stage))) {
      stage.play.tell('nats takes nothing although there is room again: it is started anew');
      await nats.end('SIGTERM');
      await nats.start();
    }
    await compareStore(stage, before);
  });
};

interface StoreState {
  readonly first: number;
  readonly last: number;
  readonly messages: number;
}

async function storeState(stage: Stage): Promise<StoreState | undefined> {
  try {
    const { state } = await (await stage.manager()).streams.info(stage.stream);
    return { first: state.first_seq, last: state.last_seq, messages: state.messages };
  } catch {
    return undefined;
  }
}

async function compareStore(stage: Stage, before: StoreState | undefined): Promise<void> {
  const deadline = performance.now() + 15_000;
  let after = await storeState(stage);
  while (!after && performance.now() < deadline) after = await storeState(stage);
  if (!before || !after) return;
  const whole = after.first === before.first && after.last >= before.last && after.messages >= before.messages;
  if (!whole) stage.complaints.push(`the store of nats was not intact: before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
}

// What an operator would try before he believes that it is well again: whether it makes a stream and takes a message.
async function takesMessages(stage: Stage): Promise<boolean> {
  const name = 'faults-probe';
  try {
    const jsm = await stage.manager();
    await jsm.streams.add({ name, subjects: [name] });
    await jetstream(stage.bus.connection).publish(name, 'probe', { timeout: 3_000 });
    await jsm.streams.delete(name);
    return true;
  } catch {
    return false;
  }
}
