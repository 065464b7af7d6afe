import { describe, expect, it } from 'vitest';
import { installedMatches } from './lockfile-match.mjs';

const entry = (version: string, more = {}) => ({ version, integrity: `sha512-${version}`, ...more });
const lock = (packages: Record<string, unknown>) => ({ packages: { '': { name: 'top' }, ...packages } });

describe('installedMatches', () => {
  const wanted = lock({ 'node_modules/a': entry('1.0.0'), 'node_modules/b': entry('2.0.0', { optional: true }) });

  it('accepts what is asked for, also without the packages of other platforms', () => {
    expect(installedMatches(wanted, { packages: { 'node_modules/a': entry('1.0.0') } })).toBe(true);
  });

  it.each([
    ['another version', { 'node_modules/a': entry('1.0.1') }],
    ['other bytes', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }],
    ['a package missing', {}],
    ['one too many', { 'node_modules/a': entry('1.0.0'), 'node_modules/c': entry('1.0.0') }],
    ['an optional one of another version', { 'node_modules/a': entry('1.0.0'), 'node_modules/b': entry('2.1.0') }],
  ])('refuses %s', (_, packages) => {
    expect(installedMatches(wanted, { packages })).toBe(false);
  });

  it('refuses where nothing is known', () => {
    expect(installedMatches(wanted, undefined)).toBe(false);
  });
});
