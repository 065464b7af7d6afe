import { describe, expect, it } from 'vitest';
import { pricingTables } from '../../../migrations/sql/pricing-tables.sql.js';
import { parseUnit, UNITS } from './unit.js';

describe('parseUnit', () => {
  it.each(UNITS)('takes %s in singular and plural, in any case', (unit) => {
    expect([unit, `${unit}s`, unit.toUpperCase(), ` ${unit.replace('_', ' ')}s `].map(parseUnit)).toEqual(Array(4).fill(unit));
  });

  it('knows what models call their tokens', () => {
    expect(parseUnit('prompt_tokens')).toBe('token_in');
    expect(parseUnit('Completion Token')).toBe('token_out');
  });

  it('counts what the catalogue can price, and nothing else', () => {
    const [, list] = /unit in \(([^)]+)\)/.exec(pricingTables)!;
    expect(list!.match(/\w+/g)).toEqual([...UNITS]);
  });

  it.each(['', 's', 'hour', 'secondss', 'constructor', 'toString'])('does not know %j', (text) => {
    expect(parseUnit(text)).toBeUndefined();
  });
});
