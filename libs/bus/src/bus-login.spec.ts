import { natsProgram, PrivateNats, until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBusAddress } from './bus-address.js';
import { Bus } from './bus.js';

const users = (password: string) => `authorization { users = [
  { user: leads, password: "${password}", permissions: { publish: ["leads.>"], subscribe: ["_INBOX_leads.>", "leads.>"] } }
] }`;

describe.skipIf(!natsProgram())('a login on the bus', () => {
  let nats: PrivateNats;
  beforeAll(async () => {
    nats = await PrivateNats.start('include "logins.conf"', { 'logins.conf': users('p@ss:word/1') });
  });
  afterAll(() => nats.stop());

  const connect = (user: string, password: string) => Bus.connect({ url: `nats://${user}:${encodeURIComponent(password)}@127.0.0.1:${nats.port}`, name: 'test' });

  it('stands in the URL or beside it, and has answers come to an inbox of its own', async () => {
    const login = { user: 'leads', password: 'p@ss:word/1' };
    for (const bus of [await connect(login.user, login.password), await Bus.connect({ url: `127.0.0.1:${nats.port}`, name: 'test', login })]) {
      bus.connection.subscribe('leads.echo', { callback: (_, message) => void message.respond() });
      bus.connection.subscribe('leads.inbox', { callback: (_, message) => bus.connection.publish('leads.seen', message.reply) });
      const seen = new Promise<string>((resolve) => bus.connection.subscribe('leads.seen', { max: 1, callback: (_, message) => resolve(message.string()) }));
      void bus.connection.request('leads.inbox', '', { timeout: 500 }).catch(() => undefined);
      expect(await seen).toMatch(/^_INBOX_leads\./);
      expect(bus.inbox()).toMatch(/^_INBOX_leads\./);
      await bus.close();
    }
  });

  it('that is refused ends the start instead of being tried for ever', async () => {
    await expect(connect('leads', 'wrong')).rejects.toThrow(/Authorization Violation/i);
  });

  it('that is refused later is tried until it is accepted again', async () => {
    const bus = await connect('leads', 'p@ss:word/1');
    const before = nats.log().length;
    await nats.reload('logins.conf', users('another'));
    await until('it was refused three times', () => nats.log().slice(before).match(/authentication error/g)!.length >= 3);
    await nats.reload('logins.conf', users('p@ss:word/1'));
    await until('it is back', () => bus.connection.rtt());
    await bus.close();
  });
});

describe('an address of the bus', () => {
  it('is taken apart into servers, login and whether TLS is asked for', () => {
    expect(readBusAddress('nats://a:4111, b')).toEqual({ servers: ['a:4111', 'b:4222'], tls: false });
    expect(readBusAddress('tls://me:p%40ss@[::1]:1,tls://me:p%40ss@b')).toEqual({ servers: ['[::1]:1', 'b:4222'], login: { user: 'me', password: 'p@ss' }, tls: true });
    expect(() => readBusAddress('nats://a:1@h,nats://b:2@h')).toThrow('different logins');
  });
});
