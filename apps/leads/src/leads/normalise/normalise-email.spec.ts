import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './normalise-email.js';

describe('normaliseEmail', () => {
  it.each([
    [' Ana.Ruiz@Example.COM ', 'ana.ruiz@example.com'],
    ['mailto:bob@example.org', 'bob@example.org'],
    ["o'brien+news@mail.acme-roofing.example", "o'brien+news@mail.acme-roofing.example"],
    ['jose\u0301@example.com', 'josé@example.com'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('reads %j', (raw, wanted) => expect(normaliseEmail(raw)).toBe(wanted));

  it.each([
    '', '   ', 'bob', 'bob@', '@example.com', 'bob@@example.com', 'bob@example', 'bob @ example.com', 'a b@example.com',
    'bob(at)example.com', 'bob@example..com', '.bob@example.com', 'bob.@example.com', 'b..b@example.com',
    'bob@-example.com', 'bob@example-.com', 'bob@example.1', 'bob@[127.0.0.1]', 'a@example.com,b@example.com',
    'Bob <bob@example.com>', 'bob@example.com\r\nBcc: all@example.com', `${'a'.repeat(65)}@example.com`,
    `bob@${'a'.repeat(64)}.com`, `bob@${'a.'.repeat(130)}com`,
  ])('refuses %j', (raw) => expect(normaliseEmail(raw)).toBeNull());

  it('answers itself for what it answered', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const once = normaliseEmail(address);
        expect(once === null ? null : normaliseEmail(once)).toBe(once);
      }),
      { seed: 11 },
    );
  });
});
