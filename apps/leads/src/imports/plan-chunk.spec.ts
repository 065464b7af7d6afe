import { describe, expect, it } from 'vitest';
import { emptyContent, type LeadContent } from '../leads/lead-content.js';
import { newLead } from '../leads/new-lead.js';
import { guessColumns } from './csv/guess-columns.js';
import { mapRow } from './csv/map-row.js';
import { ChunkPlanner } from './plan-chunk.js';
import type { DraftRow } from './read-chunks.js';

const HEADER = ['Name', 'Email', 'Phone', 'LinkedIn', 'City', 'Budget', 'Plan'];
const MAPPING = guessColumns(HEADER);
const create = (content: LeadContent) => newLead(content, { firstStage: 'new', firstStatus: 'active' }, null);
const known = (content: Partial<LeadContent>) => create({ ...emptyContent(), ...content });

function row(cells: Partial<Record<string, string>>, at = 0): DraftRow {
  const texts = HEADER.map((name) => cells[name] ?? '');
  const mapped = mapRow(texts, MAPPING, { defaultCountry: 'US' });
  if (!('lead' in mapped)) throw new Error(mapped.reject.message);
  return { line: at + 2, draft: mapped.lead, cells: texts };
}

const rows = (...cells: Partial<Record<string, string>>[]) => cells.map(row);

describe('the plan of a chunk', () => {
  it.each([
    ['Ana', 'Ana', null],
    ['Ana Ruiz López', 'Ana', 'Ruiz López'],
    ['Ruiz López, Ana', 'Ana', 'Ruiz López'],
  ])('splits the name %s', (Name, firstName, lastName) => {
    const { inserts } = new ChunkPlanner([], 'upsert', create).planRows(rows({ Name, Email: 'a@a.example' }));
    expect(inserts).toMatchObject([{ name: Name, firstName, lastName }]);
  });

  it('keeps a budget as decimal text, so that the same one again is no change', () => {
    const lead = known({ email: 'a@a.example', emailRaw: 'a@a.example', estimatedValue: '1200.00', currency: 'USD' });
    const plan = new ChunkPlanner([lead], 'upsert', create).planRows(rows({ Email: 'a@a.example', Budget: '$1,200' }));
    expect(plan).toMatchObject({ inserts: [], updates: [], imported: 0, updated: 1 });
  });

  it('fills a contact in, but takes none away and none from another', () => {
    const byMail = known({ email: 'a@a.example' });
    const byPhone = known({ phone: '+12025550100' });
    const plan = new ChunkPlanner([byMail, byPhone], 'upsert', create).planRows(
      rows({ Email: 'a@a.example', Phone: '202 555 0100' }, { Email: 'a@a.example', Phone: '202 555 0101' }, { Email: 'a@a.example', Phone: '202 555 0102' }),
    );
    expect(plan).toMatchObject({ imported: 0, updated: 3 });
    expect(byMail).toMatchObject({ phone: '+12025550101', customFields: { other_phone: '+12025550102' } });
    expect(byPhone.email).toBeNull();
  });

  it('finds a lead by its profile only where the row has nothing better', () => {
    const lead = known({ email: 'a@a.example', linkedinUrl: 'https://www.linkedin.com/in/ana' });
    const plan = new ChunkPlanner([lead], 'upsert', create).planRows(
      rows({ LinkedIn: 'linkedin.com/in/ana', City: 'Leeds' }, { Email: 'b@a.example', LinkedIn: 'linkedin.com/in/ana' }),
    );
    expect(plan).toMatchObject({ imported: 1, updated: 1, updates: [{ city: 'Leeds' }], inserts: [{ email: 'b@a.example' }] });
  });

  it('writes rows that fall on one new lead once, and counts each', () => {
    const plan = new ChunkPlanner([], 'upsert', create).planRows(rows({ Email: 'a@a.example', City: 'Bath' }, { Email: 'A@a.example', City: 'York' }));
    expect(plan).toMatchObject({ imported: 1, updated: 1, inserts: [{ city: 'York' }], updates: [] });
  });

  it('rejects custom fields that no message could carry', () => {
    const lead = known({ email: 'a@a.example', customFields: { before: 'x'.repeat(62_000) } });
    const plan = new ChunkPlanner([lead], 'upsert', create).planRows(rows({ Email: 'a@a.example', City: 'York', Plan: 'y'.repeat(3_000) }));
    expect(plan).toMatchObject({ imported: 0, updated: 0, updates: [], rejects: [{ line: 2, code: 'custom-fields-too-large' }] });
    expect(lead.city).toBeNull();
  });
});
