import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { SERVICES } from '#leadwire/contracts';
import { runtimeUrl } from '#leadwire/database';
import { generateContextKeys } from '#leadwire/rpc';
import type { InstallationConfig } from './installation-secrets.config.js';

/** Variables by the process that reads them. */
export type SecretsByProcess = Record<string, Record<string, string>>;

// Unsubscribe links and callback addresses: whoever hands one out is the only one to read it.
const SEALS_LINKS = ['campaigns', 'voice-calls'] as const;

/** What each process of an installation needs and nobody may know: its login, its signing key, the migration's admin login. */
export function makeInstallationSecrets({ adminUrl, roleSecret = newSecret() }: InstallationConfig): SecretsByProcess {
  const processes = ['gateway', ...SERVICES];
  const keys = generateContextKeys(processes);
  const secrets: SecretsByProcess = { migrate: { DATABASE_URL: adminUrl, DATABASE_ROLE_SECRET: roleSecret } };
  for (const name of processes) secrets[name] = { CONTEXT_KEYS: keys[name]! };
  for (const name of SERVICES) secrets[name]!.DATABASE_URL = runtimeUrl(adminUrl, name, roleSecret);
  secrets.identity!.ACCESS_TOKEN_KEY = accessTokenKey();
  for (const name of SEALS_LINKS) secrets[name]!.LINK_SECRET = newSecret();
  return secrets;
}

const newSecret = () => randomBytes(32).toString('base64url');

function accessTokenKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: randomBytes(6).toString('hex') });
}

/** One process's variables as a file for `node --env-file`. */
export function toEnvFile(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
}

/** All secrets as Kubernetes manifests, named `<process>-secrets`. JSON is YAML: no quoting to get wrong. */
export function toKubernetes(secrets: SecretsByProcess): string {
  return Object.entries(secrets)
    .map(([name, stringData]) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: `${name}-secrets` }, type: 'Opaque', stringData }),
    )
    .join('\n---\n');
}
