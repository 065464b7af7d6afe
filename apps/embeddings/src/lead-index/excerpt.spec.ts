import { describe, expect, it } from 'vitest';
import { excerptOf } from './excerpt.js';

describe('the excerpt', () => {
  it('is the text where that is short', () => {
    expect(excerptOf('Dentist in Leeds')).toBe('Dentist in Leeds');
  });

  it('ends between words', () => {
    const excerpt = excerptOf('word '.repeat(200));
    expect(excerpt.length).toBeLessThanOrEqual(282);
    expect(excerpt.endsWith('word …')).toBe(true);
  });

  it('cuts a text without spaces, and no character in two', () => {
    const excerpt = excerptOf(`x${'🔥'.repeat(300)}`);
    expect(excerpt.isWellFormed()).toBe(true);
    expect(excerpt.length).toBeLessThanOrEqual(282);
  });
});
