import { parseArgs } from 'node:util';
import { didYouMean } from './closest-name.js';
import type { Command } from './command.js';
import { COMMANDS } from './commands/every-command.js';
import { Given } from './given.js';
import { UsageError } from './problems.js';

const COMMON = { service: 'text', json: 'flag', run: 'text', help: 'flag' } as const;

/** The command that a line of words begins with, and the words behind its name. */
export function commandOf(argv: readonly string[]): { command: Command; rest: string[] } {
  const command = COMMANDS.find(({ name }) => name === argv.slice(0, name.split(' ').length).join(' '));
  if (command) return { command, rest: argv.slice(command.name.split(' ').length) };
  const first = argv[0] ?? '';
  const under = COMMANDS.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  if (under.length > 0) throw new UsageError(`${first} takes another word: ${under.join(', ')}.`);
  throw new UsageError(first ? `There is no command ${first}.${didYouMean(first, COMMANDS.map(({ name }) => name))}` : 'Which command?');
}

/** What a command was given; @throws UsageError on what it does not take. */
export function givenTo({ options, words, name }: Command, rest: string[]): Given {
  const known = { ...COMMON, ...options };
  const declared = Object.entries(known).map(([option, kind]) => [option, { type: kind === 'flag' ? 'boolean' : 'string' }] as const);
  const { values, positionals } = parse(rest, Object.fromEntries(declared));
  if (positionals.length < words.least && !values['help']) throw new UsageError(`${name} takes more than that.`);
  if (positionals.length > words.most) throw new UsageError(`${name} does not take ${positionals[words.most]}.`);
  return new Given(values, positionals);
}

type Options = Record<string, { readonly type: 'boolean' | 'string' }>;

function parse(args: string[], options: Options): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0]!, { cause: error });
  }
}
