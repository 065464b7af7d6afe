import { runSource } from '#leadwire/testing';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { readLocalCarrierConfig } from './local-carrier.config.js';

const good = {
  LOCAL_CARRIER_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  LOCAL_CARRIER_AUTH_TOKEN: 'a-token-for-tests',
};

const start = (environment: Record<string, string>) => runSource(new URL('./main.ts', import.meta.url), environment);

describe('the local carrier as a process', () => {
  it('says where it listens, answers there, and stops on SIGTERM', async () => {
    const child = start({ ...good, LOCAL_CARRIER_PORT: '0' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(line).toMatch(/^local-carrier ready on http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${line.split(' ').at(-1)}/_local/calls`);
    expect(await answer.json()).toEqual({ calls: [] });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('exits with 1 and names every variable at fault', async () => {
    const child = start({ LOCAL_CARRIER_PORT: 'eighty', LOCAL_CARRIER_ACCOUNT_SID: 'nobody' });
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(said).toContain('LOCAL_CARRIER_PORT must be a port, 0 to 65535, not "eighty"');
    expect(said).toContain('LOCAL_CARRIER_ACCOUNT_SID must be');
    expect(said).toContain('LOCAL_CARRIER_AUTH_TOKEN must be');
  });
});

describe('readLocalCarrierConfig', () => {
  it('takes life speed, a free port and a random seed when nothing is said', () => {
    expect(readLocalCarrierConfig(good)).toMatchObject({ port: 0, speed: 1, requestsPerSecond: 0 });
    expect(readLocalCarrierConfig(good).seed).not.toBe(readLocalCarrierConfig(good).seed);
  });

  it.each(['0', '-1', 'fast', ''])('refuses the speed %j', (LOCAL_CARRIER_SPEED) => {
    expect(() => readLocalCarrierConfig({ ...good, LOCAL_CARRIER_SPEED })).toThrow(
      /LOCAL_CARRIER_SPEED must be/,
    );
  });
});
