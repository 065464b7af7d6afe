import { Bus } from '#leadwire/bus';
import { natsProgram, PrivateNats } from '#leadwire/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusals } from '../bus-permissions/guarded-bus.harness.js';
import { createRunLogins } from './run-logins.js';

const OPERATOR = '    { user: operator, password: "all" }';

describe.skipIf(!natsProgram())('the logins of a run', () => {
  let nats: PrivateNats;
  let url: string;
  beforeEach(async () => {
    const authorization = `authorization {\n  users = [\n${OPERATOR}\n  ]\n}\n`;
    nats = await PrivateNats.start('include "authorization.conf"', { 'authorization.conf': authorization, 'logins/0-operator.conf': OPERATOR });
    url = `nats://operator:all@127.0.0.1:${nats.port}`;
  });
  afterEach(() => nats.stop());

  it('are taken by the running server, each with the rights of its process in the run’s namespace', async () => {
    const run = await createRunLogins(url, nats.folder, 'run_1');
    const bus = await Bus.connect({ url: run.urlOf('leads'), name: 'test', namespace: 'run_1' });
    const publish = (...subjects: string[]) => refusals(bus, () => subjects.forEach((subject) => bus.connection.publish(subject)));
    expect(await publish('run_1.ev.leads.a.b', 'run_1.wake.leads')).toEqual(new Set());
    expect(await publish('run_1.ev.campaigns.a.b', 'ev.leads.a.b')).toEqual(new Set(['publish run_1.ev.campaigns.a.b', 'publish ev.leads.a.b']));
    expect(bus.inbox()).toMatch(/^_INBOX_run_1-leads\./);
    await bus.close();
  });

  it('leave those of other runs alone, when they come and when they go', async () => {
    const first = await createRunLogins(url, nats.folder, 'run_1');
    const bus = await Bus.connect({ url: first.urlOf('leads'), name: 'test' });
    const second = await createRunLogins(url, nats.folder, 'run_2');
    expect(second.urlOf('leads')).not.toBe(first.urlOf('leads'));
    const reloads = (): number => nats.log().split('Reloaded server configuration').length;
    const before = reloads();
    await second.drop();
    await expect.poll(reloads, { timeout: 10_000 }).toBeGreaterThan(before);
    await expect.poll(() => Bus.connect({ url: second.urlOf('leads'), name: 'test' }).then((one) => one.close(), String)).toMatch(/Authorization Violation/i);
    await bus.connection.flush();
    expect(bus.connection.stats().inMsgs).toBe(0);
    expect(nats.log()).not.toContain('run_1-leads" - authentication error');
    await bus.close();
    expect(existsSync(join(nats.folder, 'logins', 'run_2.conf'))).toBe(false);
  });

  it('are not made on a server that was given: every process reaches it as it was given', async () => {
    const run = await createRunLogins('nats://given:4222', undefined, 'run_1');
    expect([run.urlOf('leads'), run.urlOf('gateway')]).toEqual(['nats://given:4222', 'nats://given:4222']);
  });
});
