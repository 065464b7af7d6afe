import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { HEADER, leadLine, leadsCsv, SAMPLE } from './generate-leads.js';

const whole = [...leadsCsv(SAMPLE.rows, SAMPLE.seed)].join('');
const records: string[][] = parse(whole, { bom: true, relax_column_count: true });
const rows = records.slice(1);
const countries: Record<string, CountryCode> = { UK: 'GB', GB: 'GB', England: 'GB', 'United Kingdom': 'GB', ES: 'ES', Spain: 'ES', España: 'ES' };

function hasValidPhone(cells: string[]): boolean {
  const text = (cells[3] ?? '').replace(/^00/, '+');
  return parsePhoneNumberFromString(text, { defaultCountry: countries[cells[8] ?? ''] ?? 'US', extract: false })?.isValid() ?? false;
}
const hasValidMail = (cells: string[]): boolean => /^\s*[\w.]+@[\w.-]+\.\w+\s*$/.test(cells[2] ?? '');

describe('the sample of leads', () => {
  it('is the committed file, byte for byte', () => {
    const committed = readFileSync(new URL('../../samples/leads.csv', import.meta.url));
    expect(Buffer.from(whole).equals(committed)).toBe(true);
  });

  it('holds 5,000 rows under its header and differs by seed', () => {
    expect(rows).toHaveLength(5_000);
    expect(records[0]?.join(',')).toBe(HEADER);
    expect(leadLine(1, 7)).not.toBe(leadLine(2, 7));
  });

  it('has a row that does not depend on how many rows are asked for', () => {
    expect(whole.startsWith([...leadsCsv(1_000, SAMPLE.seed)].join(''))).toBe(true);
  });

  it('holds at least 500 real-estate leads who can be mailed and called', () => {
    const reachable = rows.filter((cells) => cells[9] === 'Real Estate' && hasValidMail(cells) && hasValidPhone(cells));
    expect(reachable.length).toBeGreaterThanOrEqual(500);
  });

  it('writes to reserved domains only', () => {
    const outside = rows.map((cells) => cells[2] ?? '').filter((mail) => /@/.test(mail) && hasValidMail(['', '', mail]));
    expect(outside.filter((mail) => !/(@example\.(com|net|org)|\.example)\s*$/i.test(mail))).toEqual([]);
  });

  it('repeats about four mails in a hundred, in another case', () => {
    const mails = rows.filter(hasValidMail).map((cells) => (cells[2] ?? '').trim().toLowerCase());
    const repeated = (mails.length - new Set(mails).size) / mails.length;
    expect(repeated).toBeGreaterThan(0.025);
    expect(repeated).toBeLessThan(0.055);
  });

  it.each([
    ['E.164', /^\+\d{11,12}$/],
    ['national with spaces', /^0?\d{2,3} \d{3,4} \d{3,4}$/],
    ['with dots', /^\d+\.\d+\.\d+$/],
    ['with the area in brackets', /^\(\d+\) /],
    ['with 00', /^00\d+ /],
    ['with an extension', /^\+\d+ .*x\D*\d+$/],
  ])('writes phones %s', (_name, pattern) => {
    expect(rows.filter((cells) => pattern.test(cells[3] ?? '')).length).toBeGreaterThan(200);
  });

  it('is as messy as life', () => {
    const share = (broken: (cells: string[]) => boolean): number => rows.filter(broken).length / rows.length;
    expect(share((cells) => cells.length < 14)).toBeGreaterThan(0.003);
    expect(share((cells) => cells.length > 14)).toBeGreaterThan(0.0005);
    expect(share((cells) => cells[4] === '')).toBeGreaterThan(0.1);
    expect(share((cells) => /\n/.test(cells[11] ?? ''))).toBeGreaterThan(0.05);
    expect(share((cells) => /"/.test(cells[11] ?? ''))).toBeGreaterThan(0.05);
    expect(share((cells) => !cells[0] || !cells[1]?.trim())).toBeGreaterThan(0.08);
    expect(share((cells) => !cells[2] && !/\d/.test(cells[3] ?? '') && !cells[6])).toBeGreaterThan(0.008);
    expect(whole).toMatch(/José[^]*Zoë|Zoë[^]*José/);
    expect(whole).toMatch(/Łukasz/);
    expect(whole).toMatch(/[\u4e00-\u9fff]/);
  });

  it('says at least twelve different things in each of twelve industries', () => {
    const said = new Map<string, Set<string>>();
    for (const cells of rows.filter((row) => row.length === 14)) {
      said.set(cells[9] ?? '', (said.get(cells[9] ?? '') ?? new Set()).add(cells[11] ?? ''));
    }
    expect(said.size).toBeGreaterThanOrEqual(12);
    expect(Math.min(...[...said.values()].map((notes) => notes.size))).toBeGreaterThan(100);
  });
});
