import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { COPY } from '../model/stream-copy.js';
import type { Stage } from '../stage/stage.js';
import type { Fault } from './fault.js';

/** Events of the stream are published once more, out of order, as by an operator who restores what was never lost. */
export const duplicateEvents: Fault = async (stage, random) => {
  const jsm = await stage.manager();
  const { state } = await jsm.streams.info(stage.stream);
  if (state.messages === 0) return;
  const sequences = Array.from({ length: random.whole(3, 20) }, () => random.whole(state.first_seq, state.last_seq));
  stage.play.tell(`${sequences.length} events of the stream are published once more, out of order`);
  for (const seq of sequences) await copy(stage, seq);
};

async function copy(stage: Stage, seq: number): Promise<void> {
  const jsm = await stage.manager();
  const message = await jsm.streams.getMessage(stage.stream, { seq });
  if (!message) return;
  const head = headers();
  for (const name of message.header.keys()) if (!name.startsWith('Nats-')) head.set(name, message.header.get(name));
  head.set(COPY, '1');
  await jetstream(stage.bus.connection).publish(message.subject, message.data, { headers: head });
}

/** A durable is lost on the server: everything it has delivered comes once more, while newer events come too. */
export const loseDurable: Fault = async (stage, random) => {
  const jsm = await stage.manager();
  const names: string[] = [];
  for await (const { name } of jsm.consumers.list(stage.stream)) names.push(name);
  if (names.length === 0) return;
  const name = random.pick(names.sort());
  stage.play.tell(`durable ${name.split('--')[1]} is lost, all of it is delivered once more`);
  await jsm.consumers.delete(stage.stream, name);
};

/** A consumer throws at every event of one tenant. */
export const refuseTenant: Fault = async (stage, random) => {
  const ms = random.whole(1_000, 6_000);
  await stage.exclusive('throwing', async () => {
    stage.play.tell(`consumer throwing throws for one tenant for ${ms} ms`);
    for (const { process } of stage.players) process.change({ throwing: true });
    await sleep(ms);
    for (const { process } of stage.players) process.change({ throwing: false });
  });
};
