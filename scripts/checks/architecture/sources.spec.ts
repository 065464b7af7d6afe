import { expect, it } from 'vitest';
import { RULES } from './every-rule.js';
import { readTree } from './source-tree.js';

const tree = readTree(process.cwd());

it('reads the whole checkout', () => {
  expect(tree.apps).toEqual(expect.arrayContaining(['gateway', 'identity', 'leads', 'standalone']));
  expect(tree.files.length).toBeGreaterThan(300);
});

it.each(Object.entries(RULES))('the sources keep to %s', (_, rule) => {
  expect(rule(tree).map(({ path, says }) => `${path} ${says}`)).toEqual([]);
});
