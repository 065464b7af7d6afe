import { commandOf, givenTo } from './command-line.js';
import type { Command } from './command.js';
import type { Environment } from './addresses.config.js';
import type { DeclaredConsumer } from './declared-consumers.js';
import { findAddresses } from './find-addresses.js';
import type { Given } from './given.js';
import { Installation } from './installation.js';
import { Output, type Streams } from './output.js';
import { OperatorError, UsageError } from './problems.js';
import { usage } from './usage.js';

/** What surrounds a run of the command. */
export interface Surroundings {
  readonly env: Environment;
  readonly accessFolder: string;
  readonly consumers: () => Promise<readonly DeclaredConsumer[]>;
  readonly streams: Streams;
  readonly stop: AbortSignal;
}

/** Runs one command line; answers the exit code: 0, 1 when it failed, 2 when it was written wrongly. */
export async function runEvents(argv: readonly string[], around: Surroundings): Promise<number> {
  const { streams } = around;
  let command: Command | undefined;
  try {
    if (['--help', '-h', 'help'].includes(argv[0] ?? '')) return say(streams.out, usage(), 0);
    const line = commandOf(argv);
    command = line.command;
    const given = givenTo(command, line.rest);
    if (given.flag('help')) return say(streams.out, usage(command), 0);
    await runCommand(command, given, around);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return say(streams.err, `${error.message}\n\n${usage(command)}`, 2);
    return say(streams.err, error instanceof OperatorError ? error.message : unexpected(error), 1);
  }
}

async function runCommand(command: Command, given: Given, around: Surroundings): Promise<void> {
  const output = new Output(around.streams, given.flag('json'));
  const services = given.services();
  const only = services.length === 1 ? services[0] : undefined;
  const addresses = findAddresses({ ...around, run: given.text('run'), only }, (text) => output.note(text));
  const installation = new Installation(addresses, await around.consumers(), services);
  try {
    await command.run({ installation, given, output, stop: around.stop });
  } finally {
    await installation.close();
  }
}

function say(write: (text: string) => void, text: string, code: number): number {
  write(`${text}\n`);
  return code;
}

const ASKS_OPERATOR = '\nThe login of NATS_USER may not do this, or the bus does not answer it. The operator may: see docs/bus-security.md, "Logins and passwords".';

// What the stores say is for the operator; where in this program it came up is not.
function unexpected(error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  const refused = name === 'TimeoutError' || name === 'PermissionViolationError';
  return `It failed: ${message || code || String(error)}${refused ? ASKS_OPERATOR : ''}`;
}
