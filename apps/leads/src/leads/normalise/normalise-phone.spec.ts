import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePhone, type CountryCode } from './normalise-phone.js';

describe('normalisePhone', () => {
  it.each<[string, CountryCode | undefined, string, string | null]>([
    ['+14155550134', undefined, '+14155550134', null],
    ['415 555 0134', 'US', '+14155550134', null],
    ['415.555.0134', 'US', '+14155550134', null],
    ['(415) 555-0134', 'US', '+14155550134', null],
    ['001 415 555 0134', 'US', '+14155550134', null],
    ['+1 415 555 0134 ext. 12', 'ES', '+14155550134', '12'],
    ['415-555-0134 x885', 'US', '+14155550134', '885'],
    ['020 7946 0123', 'GB', '+442079460123', null],
    ['(020) 7946-0123', 'GB', '+442079460123', null],
    ['0044 20 7946 0123', 'US', '+442079460123', null],
    ['011 44 20 7946 0123', 'US', '+442079460123', null],
    ['0034 600 012 345', 'GB', '+34600012345', null],
    ['600 012 345', 'ES', '+34600012345', null],
    ['tel:+34600012345', 'US', '+34600012345', null],
  ])('reads %j in %s', (raw, country, e164, extension) => {
    expect(normalisePhone(raw, country)).toMatchObject({ e164, extension, raw });
  });

  it.each(['', 'n/a', '12345', '+1 000 000 0000', '555-CALL-NOW', '+44 20 12', '00000000', 'ask reception', '00',
    'call me on 415 555 0134 please', '4155550134'.repeat(10)])('refuses %j', (raw) => {
    expect(normalisePhone(raw, 'US')).toBeNull();
  });

  it('needs a country for a national number', () => {
    expect(normalisePhone('415 555 0134')).toBeNull();
    expect(normalisePhone('415 555 0134', 'ES')).toBeNull();
  });

  it('answers only +digits, and itself for what it answered', () => {
    const written = fc.string({ unit: fc.constantFrom(...'0123456789 ().-+x'.split('')), maxLength: 24 });
    fc.assert(
      fc.property(written, (raw) => {
        const phone = normalisePhone(raw, 'GB');
        if (!phone) return;
        expect(phone.e164).toMatch(/^\+\d{4,15}$/);
        expect(normalisePhone(phone.e164)?.e164).toBe(phone.e164);
      }),
      { seed: 12, numRuns: 2_000 },
    );
  });
});
