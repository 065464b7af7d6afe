import type { Found } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';

const WRITTEN = /[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}/;
const SIGN = '(?:dot|point|underscore|dash|hyphen|minus|plus)';
const SIGNS: Record<string, string> = { dot: '.', point: '.', underscore: '_', dash: '-', hyphen: '-', minus: '-', plus: '+' };
const SPELLED = '(?:[a-z0-9](?:[ -][a-z0-9])+(?![a-z0-9])|[a-z0-9-]+)';
const SPOKEN = new RegExp(
  `\\b(${SPELLED}(?: ${SIGN} ${SPELLED})*) (?:at|@) (${SPELLED}(?: (?:dash|hyphen) ${SPELLED})*(?: (?:dot|point) [a-z]+)+)\\b`,
);
const NO_NAME = new Set(['is', 'it', 'me', 'mail', 'email', 'address', 'us', 'look', 'here', 'am', 'are']);

/** Written or spelled: "jane dot doe at example dot com", "j-a-n-e at acme dot co dot uk". The last one said wins. */
export function emailIn(lines: SpokenLine[]): Found<string> | undefined {
  const line = lines.findLast((candidate) => candidate.byCustomer && emailOf(candidate.plain));
  return line && { value: emailOf(line.plain)!, evidence: line.evidence };
}

function emailOf(plain: string): string | undefined {
  const written = WRITTEN.exec(plain)?.[0];
  if (written) return written;
  const spoken = SPOKEN.exec(plain.replaceAll(/[,?!]/g, '').replaceAll(/\bat sign\b/g, 'at'));
  if (!spoken || NO_NAME.has(spoken[1]!)) return undefined;
  const address = `${unspelled(spoken[1]!)}@${unspelled(spoken[2]!)}`;
  return WRITTEN.exec(address)?.[0] === address ? address : undefined;
}

function unspelled(said: string): string {
  return said
    .replaceAll(/(?<![a-z0-9])[a-z0-9](?:-[a-z0-9])+(?![a-z0-9])/g, (letters) => letters.replaceAll('-', ''))
    .split(' ')
    .map((word) => SIGNS[word] ?? word)
    .join('');
}
