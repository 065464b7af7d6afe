import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { inRun } from './paths.mjs';
import { readJson, writeJson } from './json-file.mjs';

const newPassword = () => randomBytes(24).toString('base64url');

const secretsFile = inRun('secrets.json');

/**
 * What this checkout's own servers are reached with. The instance's id names everything that outlives the checkout
 * (folders, compose project): whoever deletes .leadwire starts afresh instead of meeting an old password.
 */
export function checkoutSecrets() {
  const known = readJson(secretsFile);
  if (known?.instance && known?.postgresPassword && known?.natsPassword) return known;
  const fresh = { instance: randomBytes(6).toString('hex'), postgresPassword: newPassword(), natsPassword: newPassword() };
  const secrets = known?.instance && known?.postgresPassword ? { ...fresh, ...known } : fresh;
  writeJson(secretsFile, secrets, 0o600);
  chmodSync(secretsFile, 0o600);
  return secrets;
}
