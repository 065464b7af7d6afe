import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { removeAccess, writeAccess, type PlatformAccess } from '../platform/access-files.js';
import { declaredConsumers } from './declared-consumers.js';
import { findAddresses } from './find-addresses.js';
import { momentOf } from './moments.js';
import { runEvents } from './run-events.js';

const folder = join(mkdtempSync(join(tmpdir(), 'leadwire-events-')), 'platforms');
afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

async function run(line: string, env: Record<string, string> = {}) {
  const said: string[] = [];
  const streams = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text) };
  const code = await runEvents(line.split(' ').filter(Boolean), { env, accessFolder: folder, consumers: declaredConsumers, streams, stop: new AbortController().signal });
  return { code, said: said.join('') };
}

describe('a command written wrongly', () => {
  it.each([
    ['', 'Which command?'],
    ['tial', 'There is no command tial. Did you mean tail?'],
    ['dlq', 'dlq takes another word: dlq ls, dlq show, dlq retry, dlq discard.'],
    ['lag --loud', "Unknown option '--loud'"],
    ['lag more', 'lag does not take more.'],
    ['lag --service leeds', '--service leeds: it is one of identity, leads, campaigns, voice-calls, billing-ledger, embeddings. Did you mean leads?'],
    ['pause', 'pause takes more than that.'],
  ])('%s: exit code 2, what is wrong, and the usage', async (line, says) => {
    const { code, said } = await run(line);
    expect(said).toContain(says);
    expect(said).toContain('Usage: npm run events -- ');
    expect(code).toBe(2);
  });

  // The stores do not matter: nobody is asked before the words are right.
  const env = { LEADWIRE_DATABASE_URL: 'postgres://127.0.0.1:1/none', NATS_URL: 'nats://127.0.0.1:1' };
  it.each([
    ['dlq show 12', '12 is no id.'],
    ['dlq retry', 'Which ones? Name ids, --consumer or --type.'],
    ['dlq discard --consumer record-timeline', 'Why? Give --reason TEXT'],
    [`dlq discard --type a.b.c --reason ${'x'.repeat(501)}`, '--reason has 501 characters; 500 are kept.'],
    ['dlq ls --state odd', '--state odd: it is one of unresolved, resolved, all.'],
    ['dlq ls --limit none', '--limit none is no number of at least 1.'],
    ['replay', 'Which consumer? Give --consumer NAME.'],
    ['replay --consumer record-timeline', 'Whose events? Give --tenant ID, or --all-tenants'],
    ['replay --consumer record-timeline --from 1h --to 2h', '--from is not before --to.'],
    ['replay --consumer record-timeline --type leads.lead.craeted', 'There is no event leads.lead.craeted. Did you mean leads.lead.created?'],
    [`replay --consumer record-timeline --all-tenants --aggregate ${newId()}`, 'give --tenant ID with it'],
    ['tail --since yesterday', '--since yesterday is no time'],
    ['tail --since 1h --from 2h', '--since and --from do not go together.'],
  ])('%s', async (line, says) => {
    const { code, said } = await run(line, env);
    expect(said).toContain(says);
    expect(code).toBe(2);
  });

  it('and one for help: exit code 0, every command', async () => {
    const { code, said } = await run('--help');
    expect(said.match(/^ {2}[a-z]/gm)!.length).toBeGreaterThan(10);
    expect(code).toBe(0);
    expect(await run('dlq retry --help')).toMatchObject({ code: 0, said: expect.stringContaining('dlq retry (ID…') });
  });
});

describe('a name that there is not', () => {
  const env = { LEADWIRE_DATABASE_URL: 'postgres://127.0.0.1:1/none', NATS_URL: 'nats://127.0.0.1:1' };
  it.each([
    ['pause record-timelin', 'There is no consumer record-timelin. Did you mean record-timeline?'],
    ['pause record-timeline --service campaigns', 'campaigns has no consumer record-timeline: it is one of leads.'],
    ['replay --consumer record-timeline --all-tenants --type leads.import.finished', 'There is no event'],
    ['replay --consumer open-wallet-on-tenant-created --all-tenants --aggregate-type lead', 'does not read events of a lead: it reads those of tenant.'],
    ['replay --consumer open-wallet-on-tenant-created --all-tenants --type leads.lead.created', 'does not read leads.lead.created: it reads events of identity.tenant.'],
  ])('%s', async (line, says) => {
    const { code, said } = await run(line, env);
    expect(said).toContain(says);
    expect(code).toBeGreaterThan(0);
  });
});

describe('where the installation is', () => {
  const accessOf = (namespace: string): PlatformAccess => ({
    namespace, natsUrl: `nats://operator@${namespace}:4222`,
    databaseUrls: Object.fromEntries(SERVICES.map((service) => [service, `postgres://${service}@${namespace}/x`])) as Record<ServiceName, string>,
  });
  const find = (env: Record<string, string>, more: { run?: string; only?: ServiceName } = {}) => {
    const notes: string[] = [];
    const found = findAddresses({ env, accessFolder: folder, ...more }, (text) => notes.push(text));
    return { found, notes };
  };

  it('is told by the environment first, which names the variable that it lacks', async () => {
    writeAccess(folder, accessOf('run_0'));
    const { found } = find({ LEADS_DATABASE_URL: 'postgres://own/x', NATS_USER: 'operator' });
    expect(found.databaseUrlOf('leads')).toBe('postgres://own/x');
    expect(() => found.databaseUrlOf('voice-calls')).toThrow('VOICE_CALLS_DATABASE_URL is not set.');
    expect(() => found.bus()).toThrow('NATS_URL is not set.');
    const admin = find({ LEADWIRE_DATABASE_URL: 'postgres://admin:a@db/x', DATABASE_ROLE_SECRET: 'a secret of some length', NATS_URL: 'nats://n', NATS_USER: 'operator', LEADS_NATS_USER: 'leads' }, { only: 'leads' }).found;
    expect(admin.databaseUrlOf('leads')).toMatch(/^postgres:\/\/leadwire_leads:[^@]+@db\/x$/);
    expect(() => admin.bus()).toThrow('NATS_PASSWORD is not set.');
    removeAccess(folder, 'run_0');
  });

  it('is the platform of this checkout else, told in a file that only its owner may read', () => {
    expect(() => find({})).toThrow(/No platform runs in this checkout.*LEADWIRE_DATABASE_URL is not set/);
    writeAccess(folder, accessOf('run_1'));
    expect(statSync(join(folder, 'run_1.json')).mode & 0o777).toBe(0o600);
    const { found, notes } = find({ NATS_URL: 'nats://elsewhere' });
    expect([found.databaseUrlOf('leads'), found.bus()]).toEqual(['postgres://leads@run_1/x', { url: 'nats://operator@run_1:4222', namespace: 'run_1' }]);
    expect(notes).toEqual([]);
    writeAccess(folder, accessOf('run_2'));
    expect(find({}).notes.join()).toMatch(/of 2 platforms of this checkout the latest/);
    expect(find({}, { run: 'run_1' }).found.databaseUrlOf('leads')).toBe('postgres://leads@run_1/x');
    expect(() => find({}, { run: 'run_3' })).toThrow('No platform run_3 runs in this checkout');
    for (const name of ['run_1', 'run_2']) removeAccess(folder, name);
    expect(() => find({})).toThrow('No platform runs');
  });

  it('is a service’s own pod, when that service alone is asked for', () => {
    const env = { DATABASE_URL: 'postgres://leadwire_leads@db/x', NATS_URL: 'nats://n' };
    expect(find(env, { only: 'leads' }).found.databaseUrlOf('leads')).toBe('postgres://leadwire_leads@db/x');
    expect(() => find(env)).toThrow('LEADWIRE_DATABASE_URL is not set');
  });

  it('and does not answer: exit code 1 and why', async () => {
    const { code, said } = await run('pause record-timeline', { LEADWIRE_DATABASE_URL: 'postgres://127.0.0.1:1/none' });
    expect(said).toMatch(/The tables of leads cannot be reached in the installation of the environment: .*ECONNREFUSED/);
    expect(code).toBe(1);
  });
});

it('a moment is a time, or how long ago', () => {
  const now = Date.UTC(2026, 0, 2);
  expect(momentOf('90m', now)).toEqual(new Date(now - 5_400_000));
  expect(momentOf('2026-01-01T12:00Z', now)).toEqual(new Date(now - 43_200_000));
  for (const wrong of ['', '10', 'now', '10 m', '2026-13-01']) expect(momentOf(wrong, now)).toBeUndefined();
});
