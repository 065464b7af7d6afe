import type { Login } from './permissions.js';

/** The login that may do everything: set-up, operations, never a service. */
export const OPERATOR = 'operator';

/** The variable that stands for a login's password. */
export function passwordVariable(process: string): string {
  return `NATS_PASSWORD_${process.toUpperCase().replaceAll('-', '_')}`;
}

/** Where the passwords stand, from the file that names them: only there does the server look for what it names. */
export const PASSWORDS_FILE = 'passwords/passwords.conf';

/** The generated file: who may log in and what each may do, with the passwords left to a file of the installation's own. */
export function authorizationFile(logins: readonly Login[]): string {
  return `include ${PASSWORDS_FILE}\n${authorizationConf(logins, (process) => `$${passwordVariable(process)}`)}`;
}

/** The block `authorization` of a server's configuration; `passwordOf` writes a password as the configuration has it. */
export function authorizationConf(logins: readonly Login[], passwordOf: (process: string) => string): string {
  const operator = `    { user: ${OPERATOR}, password: ${passwordOf(OPERATOR)} }`;
  return `authorization {\n  users = [\n${[operator, ...logins.map((login) => userLines(login, passwordOf(login.process)))].join('\n')}\n  ]\n}\n`;
}

/** Passwords as a file that the server's configuration includes. */
export function passwordsConf(passwords: Readonly<Record<string, string>>): string {
  return Object.entries(passwords)
    .map(([process, password]) => `${passwordVariable(process)}: ${JSON.stringify(password)}\n`)
    .join('');
}

/** One user of the block. */
export function userLines({ user, publish, subscribe }: Login, password: string): string {
  return `    { user: ${JSON.stringify(user)}, password: ${password}, permissions: {\n${subjects('publish', publish)}\n${subjects('subscribe', subscribe)}\n    } }`;
}

function subjects(name: string, allowed: readonly string[]): string {
  return `      ${name}: { allow: [\n${allowed.map((subject) => `        ${JSON.stringify(subject)}\n`).join('')}      ] }`;
}
