import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { SERVICES } from '#leadwire/contracts';
import { ContextKeys } from '#leadwire/rpc';
import { readInstallationConfig } from './installation-secrets.config.js';
import { makeInstallationSecrets, toEnvFile, toKubernetes } from './installation-secrets.js';

const config = { adminUrl: 'postgres://postgres:p%40ss@db:5432/leadwire', roleSecret: 's3cret' };

describe('installation secrets', () => {
  it('give every process its own signing key, which all others can check', () => {
    const secrets = makeInstallationSecrets(config);
    for (const name of ['gateway', ...SERVICES]) {
      const keys = ContextKeys.read(name, secrets[name]!.CONTEXT_KEYS!);
      for (const other of ['gateway', ...SERVICES]) expect(keys.publicKeyOf(other)).toBeDefined();
      expect(secrets[name]!.CONTEXT_KEYS!.match(/"d":/g)).toHaveLength(1);
    }
  });

  it('give every service a login of its own, and only the migration the admin’s', () => {
    const secrets = makeInstallationSecrets(config);
    const logins = SERVICES.map((name) => new URL(secrets[name]!.DATABASE_URL!).username);
    expect(new Set(logins).size).toBe(SERVICES.length);
    const withAdmin = Object.entries(secrets).filter(([, variables]) => variables.DATABASE_URL === config.adminUrl);
    expect(withAdmin.map(([name]) => name)).toEqual(['migrate']);
    expect(secrets.gateway!.DATABASE_URL).toBeUndefined();
  });

  it('come back whole through an env file and through a manifest', () => {
    const secrets = makeInstallationSecrets(config);
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    writeFileSync(join(folder, 'identity.env'), toEnvFile(secrets.identity!));
    const script = `process.stdout.write(JSON.stringify([process.env.CONTEXT_KEYS, process.env.DATABASE_URL, process.env.ACCESS_TOKEN_KEY]))`;
    const { stdout } = spawnSync(process.execPath, [`--env-file=${join(folder, 'identity.env')}`, '-e', script], { encoding: 'utf8', env: {} });
    const { CONTEXT_KEYS, DATABASE_URL, ACCESS_TOKEN_KEY } = secrets.identity!;
    expect(JSON.parse(stdout)).toEqual([CONTEXT_KEYS, DATABASE_URL, ACCESS_TOKEN_KEY]);
    rmSync(folder, { recursive: true });

    const manifests = parseAllDocuments(toKubernetes(secrets)).map((document) => document.toJS());
    expect(manifests.find(({ metadata }) => metadata.name === 'identity-secrets').stringData).toEqual(secrets.identity);
  });

  it('name the variable when there is no admin login', () => {
    expect(() => readInstallationConfig({})).toThrow('DATABASE_URL');
  });
});
