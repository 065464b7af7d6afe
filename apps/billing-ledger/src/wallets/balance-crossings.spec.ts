import { describe, expect, it } from 'vitest';
import { crossingsOf } from './balance-crossings.js';

describe('crossingsOf', () => {
  it.each([
    ['5.00', '4.999999', ['low']],
    ['5.00', '5.00', []],
    ['4.99', '1.00', []],
    ['9.00', '0', ['low', 'depleted']],
    ['1.00', '0.000000', ['depleted']],
    ['0', '-1', []],
  ])('from %s to %s, with the mark at 5: %j', (before, after, expected) => {
    expect(crossingsOf({ before, after, threshold: '5.000000' })).toEqual(expected);
  });

  it('without a threshold only tells of an empty wallet', () => {
    expect(crossingsOf({ before: '1', after: '0', threshold: null })).toEqual(['depleted']);
    expect(crossingsOf({ before: '9', after: '1', threshold: null })).toEqual([]);
  });
});
