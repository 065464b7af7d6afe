import type { Rule, Violation } from './source-tree.js';

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const SAYS_NOTHING = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'managers', 'base']);
// What the field itself calls so: passwords that many people have.
const FIELD_WORDS = new Set(['common-passwords.ts', 'common-passwords.spec.ts']);

/** Names are kebab-case and say what is inside. */
export const fileNames: Rule = ({ files }) =>
  files.flatMap(({ path }): Violation[] => {
    const parts = path.split('/');
    const crooked = parts.filter((part) => !KEBAB_CASE.test(part)).map((part) => ({ path, says: `${part} is not kebab-case` }));
    const empty = parts
      .filter((part) => !FIELD_WORDS.has(part))
      .flatMap((part) => part.split(/[-.]/))
      .filter((word) => SAYS_NOTHING.has(word))
      .map((word) => ({ path, says: `"${word}" does not say what is inside` }));
    return [...crooked, ...empty];
  });
