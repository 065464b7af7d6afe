import { createReadStream } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { guessColumns } from './guess-columns.js';
import type { LeadDraft } from './lead-draft.js';
import { mapRow } from './map-row.js';
import { openCsv } from './read-csv.js';

const SAMPLE = new URL('../../../../../samples/leads.csv', import.meta.url);

describe('the sample, read and mapped', () => {
  const leads: LeadDraft[] = [];
  const rejects: Record<string, number> = {};
  let lastRow = 0;

  beforeAll(async () => {
    const { header, rows } = await openCsv(createReadStream(SAMPLE, { highWaterMark: 4_096 }));
    const mapping = guessColumns(header);
    for await (const row of rows) {
      lastRow = row.row;
      const mapped = 'cells' in row ? mapRow(row.cells, mapping, { defaultCountry: 'US' }) : { reject: row.reject };
      if ('lead' in mapped) leads.push(mapped.lead);
      else rejects[mapped.reject.code] = (rejects[mapped.reject.code] ?? 0) + 1;
    }
  });

  it('answers each row once, as a lead or with a reason', () => {
    expect(lastRow).toBe(5_000);
    expect(leads.length + Object.values(rejects).reduce((sum, count) => sum + count, 0)).toBe(5_000);
    expect(Object.keys(rejects).sort()).toEqual([
      'invalid-email', 'invalid-phone', 'no-contact', 'too-few-fields', 'too-many-fields',
    ]);
    expect(leads.length).toBeGreaterThan(4_800);
  });

  it('reads all six notations of phones in all three countries', () => {
    const withPhone = leads.filter(({ phone }) => phone);
    expect(withPhone.length).toBeGreaterThan(4_400);
    for (const code of ['+1', '+34', '+44']) expect(withPhone.some(({ phone }) => phone?.startsWith(code))).toBe(true);
    const unread = leads.filter(({ phone, phoneRaw }) => phoneRaw && !phone).map(({ phoneRaw }) => phoneRaw);
    expect(new Set(unread)).toEqual(
      new Set(['12345', '+1 000 000 0000', '555-CALL-NOW', '+44 20 12', '00000000', 'ask reception']),
    );
  });

  it('holds more than 500 reachable leads in real estate', () => {
    const reachable = leads.filter(({ industry, email, phone }) => industry === 'Real Estate' && email && phone);
    expect(reachable.length).toBeGreaterThan(500);
  });
});
