import { describe, expect, it } from 'vitest';
import { guessColumns } from './guess-columns.js';
import { mapRow } from './map-row.js';

const header = ['First Name', 'Last Name', 'E-Mail', 'Phone', 'LinkedIn', 'Country', 'Budget', 'Tags', 'Shoe Size', 'Notes'];
const mapping = guessColumns(header);
const map = (row: Record<string, string>) => mapRow(header.map((name) => row[name] ?? ''), mapping, { defaultCountry: 'US' });

describe('mapRow', () => {
  it('reads a whole row', () => {
    const mapped = map({
      'First Name': ' Ana ', 'E-Mail': 'Ana@Example.com ', Phone: '600 012 345', Country: 'España', Budget: '€ 250.000,00',
      Tags: 'vip; hot;vip', 'Shoe Size': '38', LinkedIn: 'linkedin.com/in/Ana', Notes: 'a\r\nb\u0000c',
    });
    expect(mapped).toMatchObject({
      warnings: [],
      lead: {
        firstName: 'Ana', lastName: null, email: 'ana@example.com', emailRaw: 'Ana@Example.com', phone: '+34600012345',
        phoneRaw: '600 012 345', country: 'ES', budget: '250000', currency: 'EUR', tags: ['vip', 'hot'],
        customFields: { shoe_size: '38' }, linkedinUrl: 'https://www.linkedin.com/in/ana', notes: 'a\nbc',
      },
    });
  });

  it('reads a national phone by the tenant where the row names no country', () => {
    expect(map({ Phone: '(415) 555-0134 x12' })).toMatchObject({ lead: { phone: '+14155550134', phoneExtension: '12' } });
  });

  it.each([
    [{ 'E-Mail': 'a@example.com', Phone: '12345' }, { phone: null, phoneRaw: '12345' }, ['phone-invalid']],
    [{ 'E-Mail': 'a@@example.com', Phone: '+34600012345' }, { email: null, emailRaw: 'a@@example.com' }, ['email-invalid']],
    [{ 'E-Mail': 'a@example.com', LinkedIn: 'https://evil.example/in/a' }, { linkedinUrl: null }, ['linkedin-invalid']],
    [{ 'E-Mail': 'a@example.com', Budget: 'tbd' }, { budget: null, currency: null }, ['budget-unreadable']],
    [{ 'E-Mail': 'a@example.com', Country: 'Atlantis' }, { country: 'Atlantis' }, []],
    [{ 'E-Mail': 'a@example.com', Phone: 'n/a' }, { phoneRaw: null }, []],
    [{ 'E-Mail': 'a@example.com', 'Last Name': 'Null' }, { lastName: 'Null' }, []],
    [{ 'E-Mail': 'a@example.com', 'Last Name': 'x'.repeat(300) }, { lastName: 'x'.repeat(100) }, ['text-too-long']],
    [{ 'E-Mail': 'a@example.com', 'Last Name': `${'x'.repeat(99)}😀` }, { lastName: 'x'.repeat(99) }, ['text-too-long']],
  ])('imports %j with its warnings', (row, lead, codes) => {
    const mapped = map(row as Record<string, string>);
    expect(mapped).toMatchObject({ lead });
    expect('warnings' in mapped && mapped.warnings.map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    [{}, 'no-contact', undefined],
    [{ 'First Name': 'Ana', Phone: 'n/a', 'E-Mail': '-' }, 'no-contact', undefined],
    [{ 'E-Mail': 'a@' }, 'invalid-email', 'email'],
    [{ 'E-Mail': 'a@', Phone: '123' }, 'invalid-email', 'email'],
    [{ Phone: '123' }, 'invalid-phone', 'phone'],
    [{ LinkedIn: 'ana' }, 'invalid-linkedin', 'linkedinUrl'],
  ])('rejects %j', (row, code, field) => {
    expect(map(row as Record<string, string>)).toMatchObject({ reject: { code, ...(field ? { field } : {}) } });
  });

  it('takes a missing cell for an empty one', () => {
    expect(mapRow(['Ana', '', 'a@example.com'], mapping)).toMatchObject({ lead: { email: 'a@example.com', notes: null } });
  });
});
