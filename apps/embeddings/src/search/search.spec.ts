import { embeddingsOperations as operations, leadCreated, type LeadSnapshot } from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EncoderOverloaded, type Encoder } from '../encoder/encoder.port.js';
import { ENCODER } from '../encoder/encoder.provider.js';
import { startEmbeddings } from '../embeddings.harness.js';
import { MADE_UP_LEADS, snapshot } from '../testing/made-up-leads.js';

const QUERIES: [query: string, lead: string][] = [
  ['families looking for a bigger house near good schools', 'familyHome'],
  ['generate our own power from sunlight', 'solarRoof'],
  ['older people moving to a smaller place', 'downsizer'],
  ['company was hacked', 'security'],
  ['struggling to hire engineers', 'recruiting'],
  ['someone to teach a teenager algebra', 'tutoring'],
  ['replace the heating', 'heatPump'],
  ['party for a bride and groom', 'wedding'],
  ['retirement savings', 'pension'],
  ['slow customer service', 'helpdesk'],
  ['holiday home by the sea', 'seaside'],
  ['storage hall for trucks', 'warehouse'],
  ['behind on bookkeeping', 'taxes'],
  ['marriage broke up', 'divorce'],
  ['open an online store', 'webshop'],
  ['training for a badly behaved pet', 'dog'],
  ['outdoor area with plants', 'garden'],
  ['migrate infrastructure to the cloud', 'cloud'],
  ['more leads from Google ads', 'adverts'],
  ['charging an EV at home', 'evCharger'],
];
/** Leads of one kind of need. */
const KINDS = [
  ['familyHome', 'downsizer', 'firstBuyer', 'investor', 'seaside', 'studentRoom', 'officeSpace', 'warehouse'],
  ['solarRoof', 'heatPump', 'evCharger', 'insulation', 'kitchen', 'bathroom', 'roofLeak', 'garden'],
  ['payroll', 'recruiting', 'crm', 'helpdesk', 'security', 'cloud', 'analytics', 'webshop', 'adverts'],
  ['lifeInsurance', 'carInsurance', 'pension', 'taxes'],
  ['visa', 'language', 'tutoring', 'piano', 'dog'],
];

/** The same needs as those of the leads so named. */
const TWINS: Record<string, string> = {
  familyHome: 'Baby expected, needs a larger place with enough bedrooms and a good school nearby.',
  solarRoof: 'Thinks about PV modules with storage because power became expensive.',
  recruiting: 'Cannot fill vacancies for software engineers.',
  wedding: 'Engaged, plans the celebration for a hundred people next summer.',
  dog: 'Young dog does not listen, looks for a trainer.',
  taxes: 'Designer working for herself, tax declarations are overdue.',
};

describe('search by meaning', () => {
  let embeddings: ServiceHarness;
  let caller: Caller;
  let idOf: Map<string, string>;
  let nameOf: Map<string, string>;

  const publish = (tenantId: string, aggregateId: string, fields: Partial<LeadSnapshot>) =>
    embeddings.publish(leadCreated, { tenantId, aggregateId, payload: snapshot(fields) });
  const indexed = (tenant: Caller, count: number) =>
    until(`${count} leads are embedded`, async () => (await embeddings.call(operations.indexStatus, {}, tenant)).embedded === count);
  const found = async (query: string, limit = 3) => {
    const { hits } = await embeddings.call(operations.searchLeads, { query, limit }, caller);
    return hits.map((hit) => nameOf.get(hit.leadId));
  };

  beforeAll(async () => {
    embeddings = await startEmbeddings();
    caller = embeddings.caller();
    idOf = new Map(Object.keys(MADE_UP_LEADS).map((name) => [name, newId()]));
    nameOf = new Map([...idOf].map(([name, id]) => [id, name]));
    for (const [name, fields] of Object.entries(MADE_UP_LEADS)) await publish(caller.tenantId, idOf.get(name)!, fields);
    await indexed(caller, 40);
  });
  afterAll(() => embeddings.stop());

  it('ranks the lead that is meant first, or nearly so, for queries in other words', async () => {
    const ranks = await Promise.all(
      QUERIES.map(async ([query, expected]) => (await found(query, 40)).indexOf(expected) + 1),
    );
    const misses = QUERIES.flatMap(([query, expected], i) => (ranks[i]! > 1 ? [`"${query}" → ${expected} at ${ranks[i]}`] : []));
    const share = (most: number) => ranks.filter((rank) => rank >= 1 && rank <= most).length / ranks.length;
    console.log(`${QUERIES.length} queries over 40 leads: first ${share(1).toFixed(2)}, among three ${share(3).toFixed(2)}; ${misses.join('; ')}`);
    expect(share(1)).toBeGreaterThanOrEqual(0.8);
    expect(share(3)).toBeGreaterThanOrEqual(0.9);
  });

  it('answers in order, with a readable piece of what was embedded and how fresh it is', async () => {
    const { hits, indexedAt } = await embeddings.call(operations.searchLeads, { query: 'car', limit: 40 }, caller);
    const scores = hits.map((hit) => hit.score);
    expect(hits).toHaveLength(40);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores[0]).toBeLessThanOrEqual(1);
    expect(hits.find((hit) => hit.leadId === idOf.get('dog'))!.excerpt).toBe(MADE_UP_LEADS['dog']!.notes);
    expect(Math.abs(Date.parse(indexedAt!) - Date.now())).toBeLessThan(120_000);
  });

  it('answers ten unless told how many', async () => {
    expect((await embeddings.call(operations.searchLeads, { query: 'house' }, caller)).hits).toHaveLength(10);
  });

  it('finds the neighbours of a lead, without the lead', async () => {
    const leads = KINDS.flat();
    const neighbours = await Promise.all(
      leads.map(async (name) => {
        const { hits } = await embeddings.call(operations.similarLeads, { leadId: idOf.get(name)!, limit: 50 }, caller);
        expect(hits).toHaveLength(39);
        expect(hits.map((hit) => hit.leadId)).not.toContain(idOf.get(name));
        return nameOf.get(hits[0]!.leadId)!;
      }),
    );
    const alike = leads.filter((name, i) => KINDS.some((kind) => kind.includes(name) && kind.includes(neighbours[i]!)));
    const share = alike.length / leads.length;
    console.log(`nearest neighbour of the same kind of need: ${share.toFixed(2)} of ${leads.length} leads`);
    // Measured: 0.53 of these leads, which were made to differ; by chance it would be 0.16.
    expect(share).toBeGreaterThanOrEqual(0.4);
  });

  it('finds the lead that wants the same in other words', async () => {
    const office = embeddings.caller();
    const leads = Object.entries(MADE_UP_LEADS).map(([name, fields]) => ({ name, id: newId(), fields }));
    const twins = Object.entries(TWINS).map(([name, notes]) => ({ name, id: newId(), fields: { notes } }));
    for (const { id, fields } of [...leads, ...twins]) await publish(office.tenantId, id, fields);
    await indexed(office, leads.length + twins.length);
    for (const { name, id } of twins) {
      const { hits } = await embeddings.call(operations.similarLeads, { leadId: id, limit: 1 }, office);
      expect(leads.find((lead) => lead.id === hits[0]!.leadId)?.name, name).toBe(name);
    }
  });

  it('finds only leads of the caller, though nearer ones exist elsewhere', async () => {
    const other = embeddings.caller();
    const query = 'Wants to rent a houseboat in Amsterdam';
    await publish(other.tenantId, newId(), { notes: query });
    await indexed(other, 1);
    const own = await embeddings.call(operations.searchLeads, { query, limit: 50 }, caller);
    expect(own.hits).toHaveLength(40);
    expect(own.hits[0]!.score).toBeLessThan(0.9);
    const theirs = await embeddings.call(operations.searchLeads, { query, limit: 50 }, other);
    expect(theirs.hits).toHaveLength(1);
    expect(theirs.hits[0]!.score).toBeGreaterThan(0.99);
  });

  it('knows no lead of another tenant, and none that does not exist', async () => {
    const leadId = idOf.get('dog')!;
    const notFound = { code: 'resource.not-found' };
    await expect(embeddings.call(operations.similarLeads, { leadId }, embeddings.caller())).rejects.toMatchObject(notFound);
    await expect(embeddings.call(operations.similarLeads, { leadId: newId() }, caller)).rejects.toMatchObject(notFound);
  });

  it('answers a tenant without leads with nothing', async () => {
    const nobody = embeddings.caller();
    expect(await embeddings.call(operations.searchLeads, { query: 'house' }, nobody)).toEqual({ hits: [], indexedAt: null });
    const status = await embeddings.call(operations.indexStatus, {}, nobody);
    expect(status).toEqual({ embedded: 0, model: 'all-MiniLM-L6-v2-int8', dimensions: 384, indexedAt: null });
  });

  it('takes the capability to read leads', async () => {
    const stranger = embeddings.caller(caller.tenantId, []);
    await expect(embeddings.call(operations.searchLeads, { query: 'house' }, stranger)).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(embeddings.call(operations.indexStatus, {}, stranger)).rejects.toMatchObject({ code: 'auth.forbidden' });
  });

  it('says that it is busy when the encoder takes no more', async () => {
    const encode = vi.spyOn(embeddings.service.app.get<Encoder>(ENCODER), 'encode').mockRejectedValueOnce(new EncoderOverloaded(20_000, 1, 20_000));
    await expect(embeddings.call(operations.searchLeads, { query: 'house' }, caller)).rejects.toMatchObject({ code: 'service.unavailable' });
    encode.mockRestore();
  });
});
