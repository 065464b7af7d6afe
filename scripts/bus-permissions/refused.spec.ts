import { natsProgram } from '#leadwire/testing';
import { busNames, durableNames, eventStream, replayName } from './bus-names.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedBus, NEEDS, refusals } from './guarded-bus.harness.js';
import { callersOf, type DurableNeed } from './service-needs.js';

const names = busNames('');
const processes = Object.keys(NEEDS);
const services = processes.filter((name) => NEEDS[name]!.service);

const CHANGES = ['STREAM.DELETE', 'STREAM.UPDATE', 'STREAM.PURGE', 'STREAM.MSG.DELETE', 'STREAM.SNAPSHOT', 'STREAM.RESTORE', 'STREAM.LEADER.STEPDOWN', 'STREAM.PEER.REMOVE'];
// Without a filter, without a name, or by the interface that holds neither against the subject: it would read all.
const WHOLE_STREAM = ['CONSUMER.CREATE', 'DIRECT.GET', 'CONSUMER.NAMES', 'CONSUMER.LIST'];
const OF_A_DURABLE = ['CONSUMER.INFO', 'CONSUMER.DELETE', 'CONSUMER.MSG.NEXT', 'CONSUMER.PAUSE', 'CONSUMER.LEADER.STEPDOWN', 'CONSUMER.DURABLE.CREATE', 'CONSUMER.CREATE'];

/** What a process must not publish, said by what each thing is for: nothing here asks the generator. */
function forbiddenPublish(me: string): string[] {
  const mine = NEEDS[me]!;
  const targets = new Set(mine.calls.map((operation) => operation.split('.')[0]!));
  const others = services.filter((name) => name !== me);
  const everyCall = Object.values(NEEDS).flatMap(({ calls }) => calls);
  return [
    ...others.flatMap((name) => [`ev.${name}.thing.happened.v1.main.0`, `wake.${name}`, `rpc.${name}.made-up`]),
    ...others.filter((name) => !targets.has(name)).map((name) => `rpc-cancel.${name}`),
    ...everyCall.filter((operation) => !mine.calls.includes(operation)).map((operation) => `rpc.${operation}`),
    ...processes.filter((name) => name !== me && !(mine.service && callersOf(NEEDS, me).includes(name))).map((name) => `_INBOX_${name}.forged`),
    '_INBOX.forged',
    '$SYS.REQ.SERVER.PING',
    '$JS.API.STREAM.NAMES',
    '$JS.API.STREAM.CREATE.MINE',
    '$JS.API.ACCOUNT.PURGE.$G',
    ...services.flatMap((name) => streamSubjects(me, name)),
    ...services.flatMap((owner) => NEEDS[owner]!.reads.flatMap((read) => durableSubjects(me, owner, read))),
    ...uploadSubjects(me),
  ];
}

function streamSubjects(me: string, owner: string): string[] {
  const stream = eventStream(names, owner);
  const reads = NEEDS[me]!.reads.some(({ source }) => source === owner);
  return [
    ...[...CHANGES, ...WHOLE_STREAM].map((api) => `$JS.API.${api}.${stream}`),
    `$JS.API.CONSUMER.CREATE.${stream}.own-name.ev.${owner}.>`,
    ...(me === owner || reads ? [] : ['CREATE', 'INFO', 'MSG.GET'].map((api) => `$JS.API.STREAM.${api}.${stream}`)),
  ];
}

function durableSubjects(me: string, owner: string, read: DurableNeed): string[] {
  const stream = eventStream(names, read.source);
  const tooWide = (durable: string) => [`$JS.API.CONSUMER.CREATE.${stream}.${durable}`, `$JS.API.CONSUMER.CREATE.${stream}.${durable}.ev.${read.source}.>`, `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${durable}`];
  if (me === owner) return durableNames(names, owner, read).flatMap(tooWide);
  return [...durableNames(names, owner, read), replayName(names, owner, read)].flatMap((durable) => {
    return [
      ...OF_A_DURABLE.map((api) => `$JS.API.${api}.${stream}.${durable}`),
      `$JS.API.CONSUMER.CREATE.${stream}.${durable}.ev.${read.source}.${read.aggregate}.x.v1.main.0`,
      `$JS.ACK.${stream}.${durable}.1.1.1.1.0`,
      `$JS.ACK._.hash.${stream}.${durable}.1.1.1.1.0.r`,
    ];
  });
}

function uploadSubjects(me: string): string[] {
  const { uploads } = NEEDS[me]!;
  const all = ['STREAM.CREATE', 'STREAM.INFO', 'STREAM.MSG.GET', 'STREAM.PURGE'].map((api) => `$JS.API.${api}.OBJ_uploads`);
  return [
    '$JS.API.STREAM.DELETE.OBJ_uploads',
    '$JS.API.DIRECT.GET.OBJ_uploads',
    '$JS.API.CONSUMER.CREATE.OBJ_uploads',
    ...(uploads ? [] : [...all, '$O.uploads.M.name']),
    ...(uploads === 'stores' ? [] : ['$O.uploads.C.chunk']),
  ];
}

function forbiddenSubscribe(me: string): string[] {
  return [
    '>', '*.>', 'ev.>', 'rpc.>', '_INBOX.>', '$JS.>', '$SYS.>', '$O.uploads.>', '$KV.>',
    ...processes.filter((name) => name !== me).map((name) => `_INBOX_${name}.>`),
    ...services.filter((name) => name !== me).flatMap((name) => [`rpc.${name}.>`, `rpc-cancel.${name}`, `wake.${name}`]),
    ...services.map((name) => `ev.${name}.>`),
  ];
}

describe.skipIf(!natsProgram())('with the generated permissions, refused is', () => {
  let guarded: GuardedBus;
  beforeAll(async () => {
    guarded = await GuardedBus.start();
  });
  afterAll(() => guarded.stop());

  it.each(processes)('%s: all that belongs to another', async (me) => {
    const bus = await guarded.as(me);
    const subjects = [...new Set(forbiddenPublish(me))];
    const refused = await refusals(bus, () => subjects.forEach((subject) => bus.connection.publish(subject)));
    expect(subjects.filter((subject) => !refused.has(`publish ${subject}`))).toEqual([]);
    expect(subjects.length).toBeGreaterThan(500);
  });

  it.each(processes)('%s: to hear anything but its own', async (me) => {
    const bus = await guarded.as(me);
    const subjects = forbiddenSubscribe(me);
    const refused = await refusals(bus, () => subjects.forEach((subject) => bus.connection.subscribe(subject, { callback: () => undefined })));
    expect(subjects.filter((subject) => !refused.has(`subscription ${subject}`))).toEqual([]);
  });

  it('whoever has no login, or a made-up one', async () => {
    await expect(guarded.connect('nobody', 'x')).rejects.toThrow(/Authorization Violation/i);
    await expect(guarded.connect('leads', '')).rejects.toThrow(/Authorization Violation/i);
  });
});
