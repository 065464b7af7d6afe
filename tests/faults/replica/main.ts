// A replica of the service under faults: started, ordered about and killed by the conductor.
import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import type { Conditions, FromReplica, ReplicaOrders, ToReplica } from './orders.js';
import { startService, type Service } from './service.js';
import { stepClock } from './stepped-clock.js';
import { Writer } from './writers.js';

const WRITERS = 3;

let conditions: Conditions = { writing: false, throwing: false, clockMs: 0 };
let service: Service | undefined;
let writing: Promise<unknown> = Promise.resolve();

process.on('message', (message: ToReplica) => {
  if ('conditions' in message) change(message.conditions);
  if ('start' in message) void start(message.start);
  if ('stop' in message) void stop();
});
// The conductor is gone: nobody would ever stop this process.
process.on('disconnect', () => process.exit(0));

function change(to: Conditions): void {
  conditions = to;
  stepClock(to.clockMs);
}

async function start(orders: ReplicaOrders): Promise<void> {
  const started = await startService(orders, () => conditions);
  service = started;
  tell('started');
  const name = `${orders.name}-${process.pid}-${randomInt(1_000_000)}`;
  const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(started, orders, `${name}-${i}`, orders.seed + i));
  writing = Promise.all(writers.map((writer) => writer.run(() => conditions.writing)));
  await writing;
  tell('quiet');
}

function tell(what: FromReplica): void {
  process.send!(what);
}

async function stop(): Promise<void> {
  change({ ...conditions, writing: false });
  await writing;
  await service?.stop();
  process.exit(0);
}
