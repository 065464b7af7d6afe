import { ALL_OPERATIONS, SERVICES } from '#leadwire/contracts';
import { relative } from 'node:path';
import { DECLARED_CALLS } from './declared-calls.js';
import { findCalls } from './found-calls.js';
import { GATEWAY } from './service-needs.js';

/** How the declared calls differ from those in the code of a checkout; one line each. */
export function checkCalls(top: string, declared = DECLARED_CALLS): string[] {
  return [GATEWAY, ...SERVICES].flatMap((app) => {
    const { calls, unread } = findCalls(top, app);
    const mine = (declared[app] ?? []).map(({ id }) => id);
    const found = new Set(calls.map(({ operation }) => operation.id));
    return [
      ...unread.map((line) => line.replace(`${top}/`, '')),
      ...calls.filter(({ operation }) => !mine.includes(operation.id)).map(({ file, operation }) => `${relative(top, file)} calls ${operation.id}, which ${app} does not declare (scripts/bus-permissions/declared-calls.ts)`),
      ...mine.filter((id) => !found.has(id)).map((id) => `${app} declares that it calls ${id}, and nothing in its code does`),
    ];
  });
}

/** Operations that only services may call are called by those that declare it, and so never by the gateway's routes. */
export function undeclaredInternal(declared = DECLARED_CALLS): string[] {
  const called = new Set(Object.values(declared).flat().map(({ id }) => id));
  return ALL_OPERATIONS.filter(({ access, http, id }) => access === 'internal' && !http && !called.has(id)).map(({ id }) => id);
}
