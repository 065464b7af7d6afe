import nlp from 'compromise';
import type { Found } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';

const NAME = "(\\p{L}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+)?)";
const PLAIN_CUE = new RegExp(`\\b(?:my name is|my name's|the name is|name's) ${NAME}`, 'iu');
const LOOSE_CUE = new RegExp(`\\b(?:this is|i'm|i’m|i am|it's|it’s|speaking to) ${NAME}|${NAME} (?:speaking|here)\\b`, 'iu');
const NO_NAME = new Set('not the a an so just very really sure sorry glad happy busy interested she he here there it'.split(' '));

/** How the person called names themselves. "This is ridiculous" names nobody: loose cues need a known name. */
export function nameIn(lines: SpokenLine[]): Found<string> | undefined {
  for (const line of lines) {
    const name = line.byCustomer && (plainly(line.raw) ?? loosely(line.raw));
    if (name) return { value: titled(name), evidence: line.evidence };
  }
  return undefined;
}

function plainly(raw: string): string | undefined {
  const name = PLAIN_CUE.exec(raw)?.[1];
  return name && !NO_NAME.has(name.toLowerCase()) ? name : undefined;
}

function loosely(raw: string): string | undefined {
  const match = LOOSE_CUE.exec(raw);
  const said = match?.[1] ?? match?.[2];
  return said && !NO_NAME.has(said.toLowerCase()) && !/\bnot\b/i.test(match![0]) ? personIn(said) : undefined;
}

/** The first person that a text names, by a lexicon of names. */
export function personIn(text: string): string | undefined {
  const person = (nlp(text).people().json() as { text: string }[])[0]?.text;
  return person?.replace(/[^\p{L}\p{N}]+$/u, '');
}

export function titled(name: string): string {
  return name.replaceAll(/(?<![\p{L}'’])\p{Ll}/gu, (letter) => letter.toUpperCase());
}
