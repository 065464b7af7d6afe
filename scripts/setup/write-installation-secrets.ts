// node dist/scripts/setup/write-installation-secrets.js FOLDER [NATS_FOLDER]  env files, one a process; what stands is kept
// node dist/scripts/setup/write-installation-secrets.js --kubernetes          Secret manifests on stdout
// node dist/scripts/setup/write-installation-secrets.js --kubernetes-bus      only those of the logins on the bus
import { existsSync, renameSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busSecrets, makeBusLogins } from './bus-logins.js';
import { readBusNamespace, readInstallationConfig } from './installation-secrets.config.js';
import { makeInstallationSecrets, toEnvFile, toKubernetes, type SecretsByProcess } from './installation-secrets.js';

function writeInstallation(folder: string): void {
  const target = join(folder, 'env');
  if (existsSync(target)) return console.log(`${target} stands already and is kept`);
  writeEnvFiles(target, makeInstallationSecrets(readInstallationConfig()));
}

// The server's half last: while it is not there, both halves are made anew, because one does not fit another's other.
function writeBusLogins(folder: string, natsFolder: string): void {
  const [target, passwords] = [join(folder, 'bus'), join(natsFolder, 'passwords.conf')];
  if (existsSync(target) && existsSync(passwords)) return console.log(`${target} stands already and is kept`);
  const logins = makeBusLogins(readBusNamespace());
  rmSync(target, { recursive: true, force: true });
  writeEnvFiles(target, logins.byProcess);
  writeFileSync(`${passwords}.unfinished`, logins.passwordsConf, { mode: 0o600 });
  renameSync(`${passwords}.unfinished`, passwords);
}

// Renamed when whole: a set that was cut off half way would be kept for ever, with keys that do not fit together.
function writeEnvFiles(target: string, secrets: SecretsByProcess): void {
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const [name, variables] of Object.entries(secrets)) writeFileSync(join(unfinished, `${name}.env`), toEnvFile(variables), { mode: 0o600 });
  renameSync(unfinished, target);
  console.log(`wrote ${target}`);
}

const [target, natsFolder] = process.argv.slice(2);
if (target === '--kubernetes') console.log(toKubernetes({ ...makeInstallationSecrets(readInstallationConfig()), ...busSecrets(makeBusLogins(readBusNamespace())) }));
else if (target === '--kubernetes-bus') console.log(toKubernetes(busSecrets(makeBusLogins(readBusNamespace()))));
else if (target) {
  writeInstallation(target);
  if (natsFolder) writeBusLogins(target, natsFolder);
} else {
  console.error('say where to: a folder, --kubernetes, or --kubernetes-bus');
  process.exitCode = 2;
}
