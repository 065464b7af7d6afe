import { describe, expect, it } from 'vitest';
import { parseUnit, UNITS } from './unit.js';

describe('parseUnit', () => {
  it.each(UNITS)('takes %s in singular and plural, in any case', (unit) => {
    expect([unit, `${unit}s`, unit.toUpperCase(), ` ${unit.replace('_', ' ')}s `].map(parseUnit)).toEqual(Array(4).fill(unit));
  });

  it('knows what models call their tokens', () => {
    expect(parseUnit('prompt_tokens')).toBe('input_token');
    expect(parseUnit('Completion Token')).toBe('output_token');
  });

  it.each(['', 's', 'hour', 'secondss', 'constructor', 'toString'])('does not know %j', (text) => {
    expect(parseUnit(text)).toBeUndefined();
  });
});
