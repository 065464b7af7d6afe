import type { Given } from './given.js';
import type { Installation } from './installation.js';
import type { Output } from './output.js';

/** What a command works with. */
export interface Call {
  readonly installation: Installation;
  readonly given: Given;
  readonly output: Output;
  /** Somebody asked for the end (Ctrl-C). */
  readonly stop: AbortSignal;
}

/** A command of the operator. */
export interface Command {
  /** `dlq ls`. */
  readonly name: string;
  /** What follows the name, for the usage. */
  readonly takes: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, 'text' | 'flag'>>;
  /** How many words besides options it takes. */
  readonly words: { readonly least: number; readonly most: number };
  run(call: Call): Promise<void>;
}

export const NO_WORDS = { least: 0, most: 0 } as const;
export const ONE_WORD = { least: 1, most: 1 } as const;
export const ANY_WORDS = { least: 0, most: Number.POSITIVE_INFINITY } as const;
