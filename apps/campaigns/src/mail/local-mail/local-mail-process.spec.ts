import { runSource } from '#leadwire/testing';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const start = (environment: Record<string, string>) => runSource(new URL('./main.ts', import.meta.url), environment);

describe('the local mail process', () => {
  it('says where it listens, answers there, and stops on SIGTERM', async () => {
    const child = start({ LOCAL_MAIL_SMTP_PORT: '0', LOCAL_MAIL_HTTP_PORT: '0' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(line).toMatch(/^local-mail ready on http:\/\/127\.0\.0\.1:\d+ smtp:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(`${line.split(' ')[3]}/_local/messages/count`);
    expect(await answer.json()).toEqual({ count: 0 });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('exits with 1 and names every variable at fault', async () => {
    const child = start({ LOCAL_MAIL_SMTP_PORT: 'smtp', LOCAL_MAIL_INBOUND_DOMAIN: 'in.leadwire.example' });
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(said).toContain('LOCAL_MAIL_SMTP_PORT must be a port, 0 to 65535, not "smtp"');
    expect(said).toContain('LOCAL_MAIL_INBOUND_WEBHOOK_URL must be');
    expect(said).toContain('LOCAL_MAIL_INBOUND_SECRET must be');
  });
});
