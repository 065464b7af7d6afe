import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadText } from './lead-text.js';

const lead = {
  firstName: 'Maria',
  lastName: 'Lopez',
  title: 'Head of Operations',
  companyName: 'Alder  Roofing',
  notes: 'Maria asked for a quote on 12 kW. Call Ms Lopez after lunch.',
  tags: ['Solar', 'inbound', 'solar'],
  customFields: { seats: 40, city: 'Austin', industry: 'Construction', has_budget: true },
};

describe('the text of a lead', () => {
  it('says what the lead is and wants, in few words', () => {
    expect(leadText(lead).text).toBe(
      'Head of Operations at Alder Roofing. Austin, Construction. has budget: yes, seats: 40. inbound, solar. ' +
        'asked for a quote on 12 kW. Call Ms after lunch.',
    );
  });

  it('leaves the name of the person out, and of the company in', () => {
    const { text } = leadText({ ...lead, companyName: 'Lopez Roofing' });
    expect(text).not.toContain('Maria');
    expect(text).toContain('Lopez Roofing');
    expect(leadText({ firstName: 'Will', notes: 'will call. Ask Will.' }).text).toBe('will call. Ask .');
  });

  it('leaves out what identifies and means nothing', () => {
    const customFields = {
      workEmail: 'x', work_email: 'a@b.co', Phone: '1', contact: 'jo@acme.org', site: 'https://acme.org', line: '+1 (512) 555-0100',
      ref: '8b1f6c1e-0000-4000-8000-000000000000', note: 'roof faces south',
    };
    expect(leadText({ customFields }).text).toBe('note: roof faces south');
  });

  it('has the same hash while the text is the same, and another when it changes', () => {
    const { hash } = leadText(lead);
    const reordered = { ...lead, tags: ['inbound', 'solar'], customFields: { ...lead.customFields, nothing: null } };
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(leadText(reordered).hash).toBe(hash);
    expect(leadText({ ...lead, firstName: 'Maria', lastName: null, notes: lead.notes }).hash).not.toBe(hash);
    expect(leadText({ ...lead, title: 'CTO' }).hash).not.toBe(hash);
  });

  it('is empty for a lead that says nothing', () => {
    expect(leadText({ firstName: 'Jo', lastName: 'Doe' }).text).toBe('');
  });

  it('is bounded and total for any lead', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 3_000 }));
    const any = fc.record({
      firstName: text, lastName: text, title: text, companyName: text, notes: text,
      tags: fc.option(fc.array(fc.string({ unit: 'binary' }))),
      customFields: fc.option(fc.dictionary(fc.string(), fc.anything())),
    });
    fc.assert(
      fc.property(any, (input) => {
        expect(leadText(input)).toEqual(leadText(structuredClone(input)));
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
