import { randomBytes } from 'node:crypto';
import { SERVICES } from '#leadwire/contracts';
import { OPERATOR, passwordsConf } from '../bus-permissions/authorization-conf.js';
import { busNames } from '../bus-permissions/bus-names.js';
import type { SecretsByProcess } from './installation-secrets.js';

/** The logins on the bus: each process's own, and the passwords as the server's configuration includes them. */
export interface BusLogins {
  readonly byProcess: SecretsByProcess;
  readonly passwordsConf: string;
}

/** New passwords for every process of an installation and for its operator. Server and processes are given theirs together. */
export function makeBusLogins(namespace = ''): BusLogins {
  const userOf = (name: string) => (name === OPERATOR ? OPERATOR : busNames(namespace).login(name));
  const passwords = Object.fromEntries([OPERATOR, 'gateway', ...SERVICES].map((name) => [name, randomBytes(24).toString('hex')]));
  const byProcess = Object.fromEntries(Object.entries(passwords).map(([name, password]) => [name, { NATS_USER: userOf(name), NATS_PASSWORD: password }]));
  return { byProcess, passwordsConf: passwordsConf(passwords) };
}

/** As what `toKubernetes` prints: `<process>-bus-secrets`, and `nats-bus-secrets` for the servers. */
export function busSecrets({ byProcess, passwordsConf: conf }: BusLogins): SecretsByProcess {
  const own = Object.entries(byProcess).map(([name, variables]) => [`${name}-bus`, variables]);
  return { ...Object.fromEntries(own), 'nats-bus': { 'passwords.conf': conf } };
}
