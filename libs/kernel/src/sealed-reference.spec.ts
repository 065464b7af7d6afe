import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from './id.js';
import { SealedReferences } from './sealed-reference.js';

const KEY = 'a key of sixteen and more';
const sealed = new SealedReferences(KEY, 'unsubscribe');

describe('sealed references', () => {
  it('open to the parts they were made of', () => {
    const parts = [newId(), newId(), 'é'];
    expect(sealed.open(sealed.seal(...parts))).toEqual(parts);
    expect(sealed.seal(...parts)).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
  });

  it('open for no other purpose and by no other key', () => {
    const reference = sealed.seal(newId());
    expect(new SealedReferences(KEY, 'open-tracking').open(reference)).toBeUndefined();
    expect(new SealedReferences('another key of sixteen', 'unsubscribe').open(reference)).toBeUndefined();
  });

  it('do not open when a character was changed, cut or added', () => {
    const reference = sealed.seal(newId(), newId());
    fc.assert(fc.property(fc.nat(reference.length - 1), fc.constantFrom(...'AZaz09_-.'), (at, character) => {
      const forged = reference.slice(0, at) + character + reference.slice(at + 1);
      const opened = sealed.open(forged);
      // The last character of base64url has spare bits: it may spell the same bytes.
      if (forged !== reference && at !== reference.length - 1) expect(opened).toBeUndefined();
      else if (opened) expect(opened).toEqual(sealed.open(reference));
    }), { seed: 7 });
    for (const cut of [reference.slice(1), reference.slice(0, -2), `${reference}.x`, `x${reference}`]) expect(sealed.open(cut)).toBeUndefined();
  });

  it('do not open from anything at all', () => {
    for (const text of ['', '.', '..', 'a.', '.a', 'a.b', 'a.b.c']) expect(sealed.open(text)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => sealed.open(text) === undefined), { seed: 8 });
  });

  it('cannot be made of a part that would read as two', () => {
    expect(() => sealed.seal(`${newId()}.${newId()}`)).toThrow('.');
  });
});
