import { runSource } from '#leadwire/testing';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const good = {
  LOCAL_PAYMENTS_SECRET_KEY: 'sk_test_process1',
  LOCAL_PAYMENTS_WEBHOOK_SECRET: 'whsec_process1',
  LOCAL_PAYMENTS_WEBHOOK_URL: 'http://127.0.0.1:9/hook',
};

const start = (environment: Record<string, string>) => runSource(new URL('./main.ts', import.meta.url), environment);

describe('the local payments process', () => {
  it('says where it listens, answers there, and stops on SIGTERM', async () => {
    const child = start({ ...good, LOCAL_PAYMENTS_PORT: '0' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(line).toMatch(/^local-payments ready on http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${line.split(' ').at(-1)}/_local/events`);
    expect(await answer.json()).toEqual({ events: [] });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('exits with 1 and names every variable at fault', async () => {
    const child = start({ LOCAL_PAYMENTS_PORT: 'eighty', LOCAL_PAYMENTS_SECRET_KEY: 'sk_live_never' });
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(said).toContain('LOCAL_PAYMENTS_PORT must be a port, 0 to 65535, not "eighty"');
    expect(said).toContain('LOCAL_PAYMENTS_SECRET_KEY must be "sk_test_"');
    expect(said).toContain('LOCAL_PAYMENTS_WEBHOOK_SECRET must be');
    expect(said).toContain('LOCAL_PAYMENTS_WEBHOOK_URL must be');
  });
});
