// node dist/scripts/setup/write-installation-secrets.js FOLDER        one env file a process; an existing set is kept
// node dist/scripts/setup/write-installation-secrets.js --kubernetes  Secret manifests on stdout
import { existsSync, renameSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInstallationConfig } from './installation-secrets.config.js';
import { makeInstallationSecrets, toEnvFile, toKubernetes } from './installation-secrets.js';

function writeFiles(folder: string): void {
  const target = join(folder, 'env');
  if (existsSync(target)) return console.log(`${target} stands already and is kept`);
  // Renamed when whole: a set that was cut off half way would be kept for ever, with keys that do not fit together.
  const unfinished = join(folder, 'env.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const [name, variables] of Object.entries(makeInstallationSecrets(readInstallationConfig()))) {
    writeFileSync(join(unfinished, `${name}.env`), toEnvFile(variables), { mode: 0o600 });
  }
  renameSync(unfinished, target);
  console.log(`wrote ${target}`);
}

const target = process.argv[2];
if (target === '--kubernetes') console.log(toKubernetes(makeInstallationSecrets(readInstallationConfig())));
else if (target) writeFiles(target);
else {
  console.error('say where to: a folder, or --kubernetes');
  process.exitCode = 2;
}
