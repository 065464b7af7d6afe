import type { Login } from './permissions.js';

/** The login that may do everything: set-up, operations, never a service. */
export const OPERATOR = 'operator';

/** The variable that stands for a login's password. */
export function passwordVariable(process: string): string {
  return `NATS_PASSWORD_${process.toUpperCase().replaceAll('-', '_')}`;
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
