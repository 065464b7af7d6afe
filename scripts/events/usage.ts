import type { Command } from './command.js';
import { COMMANDS } from './commands/every-command.js';

const COMMON = `For every command:
  --service NAME   of this service only
  --json           for programs: one JSON document (tail: one a line)
  --run NAME       which platform of this checkout, where several run

Times are 2026-01-31T12:00Z, or how long ago: 30s, 10m, 2h, 3d.
Connects to the platform that runs in this checkout; or, where LEADWIRE_DATABASE_URL or <SERVICE>_DATABASE_URL
is set, to that installation, with NATS_URL, NATS_USER, NATS_PASSWORD and BUS_NAMESPACE.
More: docs/eventing.md, "The commands".`;

/** How one command is written, or all of them. */
export function usage(command?: Command): string {
  if (command) return `Usage: npm run events -- ${lineOf(command)}\n  ${command.summary}`;
  const lines = COMMANDS.map((one) => `  ${lineOf(one)}\n      ${one.summary}`);
  return `Usage: npm run events -- COMMAND\n\n${lines.join('\n')}\n\n${COMMON}`;
}

function lineOf({ name, takes }: Command): string {
  return `${name} ${takes}`.trimEnd();
}
