import { Bus } from '#leadwire/bus';
import { natsProgram, PrivateNats } from '#leadwire/testing';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployedApps } from '../../k8s/rendering/apps.js';
import type { Manifest } from '../../k8s/rendering/manifest.js';
import { renderKustomization } from '../../k8s/rendering/render-kustomization.js';
import { PASSWORDS_FILE } from '../bus-permissions/authorization-conf.js';
import { busSecrets, makeBusLogins } from './bus-logins.js';
import { toEnvFile } from './installation-secrets.js';

/** What one login of a server is refused that has the given configuration, beside a subject it may publish. */
async function canLogIn(files: Record<string, string>, login: { user: string; password: string }): Promise<boolean> {
  const nats = await PrivateNats.start('include "authorization.conf"\ninclude "tls.conf"', files);
  try {
    const bus = await Bus.connect({ url: `127.0.0.1:${nats.port}`, name: 'test', login }).catch(() => undefined);
    await bus?.close();
    return bus !== undefined;
  } finally {
    await nats.stop();
  }
}

interface Source {
  configMap?: { name: string };
  secret?: { name: string; items: { key: string; path: string }[] };
}

function filesOf({ configMap, secret }: Source, objects: Manifest[]): Record<string, string> {
  if (configMap) return objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMap.name)!.data;
  const made = busSecrets(logins)[secret!.name.replace(/-secrets$/, '')]!;
  return Object.fromEntries(secret!.items.map(({ key, path }) => [path, made[key]!]));
}

const logins = makeBusLogins();

describe('the logins of an installation on the bus', () => {
  const loginOf = (name: string) => ({ user: logins.byProcess[name]!.NATS_USER!, password: logins.byProcess[name]!.NATS_PASSWORD! });

  it('are one for every process that is deployed, each with a password of its own', () => {
    expect(Object.keys(logins.byProcess).sort()).toEqual(['operator', ...deployedApps()].sort());
    expect(makeBusLogins('acme').byProcess['leads']!.NATS_USER).toBe('acme-leads');
    expect(new Set(Object.values(logins.byProcess).map(({ NATS_PASSWORD }) => NATS_PASSWORD)).size).toBe(deployedApps().length + 1);
  });

  it.runIf(natsProgram())('open the server of docker-compose.yml, whose files include each other', async () => {
    const conf = readFileSync('nats/nats.conf', 'utf8');
    for (const name of ['authorization.conf', 'tls.conf']) expect(conf.split('\n')).toContain(`include ${name}`);
    expect(readFileSync('docker-compose.yml', 'utf8')).toContain(`bus-passwords:/etc/nats/${dirname(PASSWORDS_FILE)}:ro`);
    const files = { [PASSWORDS_FILE]: logins.passwordsConf, 'authorization.conf': readFileSync('nats/authorization.conf', 'utf8'), 'tls.conf': readFileSync('nats/tls.conf', 'utf8') };
    for (const name of ['leads', 'billing-ledger', 'gateway', 'operator']) expect(await canLogIn(files, loginOf(name))).toBe(true);
    expect(await canLogIn(files, { ...loginOf('leads'), password: loginOf('campaigns').password })).toBe(false);
  });

  it.runIf(natsProgram()).each(['base', 'overlays/development', 'overlays/production'])('open the servers of k8s/%s, who find all files in one folder', async (folder) => {
    const objects = renderKustomization(join('k8s', folder));
    const nats = objects.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'nats')!;
    const { sources } = nats.spec.template.spec.volumes.find(({ name }: { name: string }) => name === 'config').projected;
    const files: Record<string, string> = Object.assign({}, ...sources.map((source: Source) => filesOf(source, objects)));
    for (const name of ['authorization.conf', 'tls.conf']) expect(files['nats.conf']).toContain(`include ${name}`);
    const { 'nats.conf': _, ...included } = files;
    expect(await canLogIn(included, loginOf('embeddings'))).toBe(true);
  });

  it('come back whole through the env file of their process', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bus-logins-'));
    writeFileSync(join(folder, 'leads.env'), toEnvFile(logins.byProcess['leads']!));
    const script = 'process.stdout.write(process.env.NATS_USER + " " + process.env.NATS_PASSWORD)';
    const { stdout } = spawnSync(process.execPath, [`--env-file=${join(folder, 'leads.env')}`, '-e', script], { encoding: 'utf8', env: {} });
    expect(stdout).toBe(`leads ${loginOf('leads').password}`);
    rmSync(folder, { recursive: true });
  });

  it('are not asked for by the servers that a local run starts in Docker, which are otherwise the same', () => {
    const [local, compose] = ['scripts/setup/docker-servers.yml', 'docker-compose.yml'].map((path) => parse(readFileSync(path, 'utf8'), { merge: true }).services.nats);
    for (const field of ['image', 'ports', 'healthcheck', 'restart']) expect(local[field]).toEqual(compose[field]);
    expect(local.command).not.toContain('--config');
  });
});
