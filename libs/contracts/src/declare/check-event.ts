import type { DomainEvent } from './event.js';

/** Throws a TypeError that names the event and what of its declaration is not sound. */
export function checkEvent(event: DomainEvent<any>): void {
  const wrong = faults(event);
  if (wrong.length > 0) throw new TypeError(`event ${event.type} v${event.version}: ${wrong.join('; ')}`);
}

// Both are tokens of a NATS subject and parts of a file's name.
const TOKEN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function faults(event: DomainEvent<any>): string[] {
  const { service, aggregate, name, version, deprecated } = event;
  return [
    ...[service, aggregate, name].filter((token) => !TOKEN.test(token)).map((token) => `"${token}" must be in kebab-case`),
    ...(Number.isSafeInteger(version) && version >= 1 ? [] : ['its version must be a whole number from 1']),
    ...(deprecated !== undefined && deprecated.trim() === '' ? ['deprecated must say what to use instead'] : []),
    ...supersessionFaults(event),
  ];
}

function supersessionFaults({ type, version, supersedes }: DomainEvent<any>): string[] {
  if (!supersedes) return [];
  const { event: before } = supersedes;
  if (before.type !== type) return [`it supersedes ${before.type}, which is another event`];
  return before.version + 1 === version ? [] : [`it supersedes v${before.version}, so its version must be ${before.version + 1}`];
}
