import { ensureStream } from '#leadwire/messaging';
import { natsProgram, until } from '#leadwire/testing';
import type { Bus } from '#leadwire/bus';
import { AckPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busNames, durableNames } from './bus-names.js';
import { GuardedBus, NEEDS, refusals } from './guarded-bus.harness.js';

// The server never checks the subject that is named for an answer. Whoever may ask JetStream or a service for something
// can so have it sent to where it may not publish itself.
const ELSEWHERE = 'ev.identity.tenant.created.v1.main.0';
const OWN_READ = NEEDS['leads']!.reads.find(({ source }) => source === 'leads')!;

describe.skipIf(!natsProgram())('an answer that is sent elsewhere', () => {
  let guarded: GuardedBus;
  let leads: Bus;
  let identity: Bus;
  beforeAll(async () => {
    guarded = await GuardedBus.start();
    leads = await guarded.as('leads');
    identity = await guarded.as('identity');
    await ensureStream(leads, 'leads');
    await ensureStream(identity, 'identity');
  });
  afterAll(() => guarded.stop());

  it('by JetStream, and an event of one’s own that is pulled to elsewhere, reach no consumer there as an event', async () => {
    const forged = headers();
    forged.set('ce-id', 'forged');
    await jetstream(leads.connection).publish(`ev.leads.${OWN_READ.aggregate}.created.v1.main.0`, 'forged', { headers: forged });
    const [durable] = durableNames(busNames(''), 'leads', OWN_READ) as [string];
    const jsm = await jetstreamManager(leads.connection);
    await jsm.consumers.add('EV-LEADS', { durable_name: durable, ack_policy: AckPolicy.Explicit, filter_subject: `ev.leads.${OWN_READ.aggregate}.>` });
    const refused = await refusals(leads, () => {
      leads.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.EV-LEADS.${durable}`, '1', { reply: ELSEWHERE });
      leads.connection.publish('$JS.API.STREAM.INFO.EV-LEADS', '', { reply: ELSEWHERE });
    });
    expect([...refused], 'the asking itself is allowed').toEqual([]);
    await jetstream(identity.connection).publish('ev.identity.tenant.created.v1.main.1', 'genuine');
    const heard = await heardBy(await guarded.as('billing-ledger'));
    expect(heard.at(-1)!.string()).toBe('genuine');
    // What came of it has no header of an event, so that a consumer terminates it as none.
    expect(heard.map((message) => message.headers?.get('ce-id') || undefined)).not.toContain('forged');
    expect(heard.map((message) => message.string())).not.toContain('forged');
  });

  it('by a service, is refused by the server: it may answer its callers’ inboxes only', async () => {
    identity.connection.subscribe('rpc.identity.*', { callback: (_, message) => void message.respond('answer') });
    await identity.connection.flush();
    const gateway = await guarded.as('gateway');
    const refused = new Set<string>();
    void (async () => {
      for await (const status of identity.connection.status()) if (status.type === 'error') refused.add(status.error.message);
    })();
    gateway.connection.publish('rpc.identity.sign-in', '', { reply: 'ev.leads.lead.created.v1.main.0' });
    await until('the server refuses the answer', () => [...refused].some((message) => message.includes('"ev.leads.lead.created.v1.main.0"')));
  });
});

// As the service does that reads identity's tenants: everything up to the genuine event.
async function heardBy(bus: Bus): Promise<JsMsg[]> {
  const read = NEEDS['billing-ledger']!.reads.find(({ source }) => source === 'identity')!;
  const [durable] = durableNames(busNames(''), 'billing-ledger', read) as [string];
  const jsm = await jetstreamManager(bus.connection);
  await jsm.consumers.add('EV-IDENTITY', { durable_name: durable, ack_policy: AckPolicy.Explicit, filter_subject: 'ev.identity.tenant.*.*.main.*' });
  const consumer = await jetstream(bus.connection).consumers.get('EV-IDENTITY', durable);
  const heard: JsMsg[] = [];
  while (heard.at(-1)?.string() !== 'genuine') heard.push((await consumer.next({ expires: 2_000 }))!);
  return heard;
}
