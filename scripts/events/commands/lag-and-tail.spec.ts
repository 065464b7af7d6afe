import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventsHarness } from '../events.harness.js';

describe('the operator’s look at what happens', () => {
  let harness: EventsHarness;
  const tenantId = newId();
  let lead: string;

  beforeAll(async () => {
    harness = await EventsHarness.start();
    lead = await harness.tell(tenantId, [1, 2]);
    await until('all are handled', () => harness.handled.length === 4);
  });
  afterAll(() => harness.stop());

  const lagOf = async (consumer: string) => (await harness.run('lag --json')).json.consumers.find((lag: any) => lag.consumer === consumer);

  describe('lag, pause and resume', () => {
    it('tell how much waits for whom, and why', async () => {
      await until('nothing waits', async () => (await lagOf('record-leads')).inHand === 0);
      expect(await lagOf('record-leads')).toMatchObject({ service: 'leads', source: 'leads', aggregate: 'lead', lane: 'main', pending: 0, parked: 0, paused: false, started: true });
      expect(await harness.run('pause record-leads')).toMatchObject({ code: 0, out: expect.stringContaining('record-leads of leads pauses in every process') });
      expect(await harness.run('pause record-leads --json')).toMatchObject({ json: { service: 'leads', consumer: 'record-leads', paused: true, changed: false } });
      const before = harness.handled.length;
      await until('it reads no more', async () => {
        await harness.tell(tenantId, [3], lead);
        return (await lagOf('record-leads')).pending > 1;
      });
      const { out, code } = await harness.run('lag');
      expect(code).toBe(0);
      expect(out).toMatch(/^leads +record-leads +leads\.lead +\d+ +\d+ +0 +\d.*  paused since 20\d\d-\S+Z$/m);
      expect(out).toMatch(/^leads +0 +– +0$/m);
      expect((await harness.run('resume record-leads')).out).toContain('goes on within about a second');
      await until('it goes on', async () => (await lagOf('record-leads')).pending === 0 && harness.handled.length > before);
      expect((await harness.run('resume record-leads')).out).toBe('record-leads of leads was not paused.\n');
    });

    it('narrow to a service', async () => {
      const { json } = await harness.run('lag --json --service campaigns');
      expect(json.consumers.map(({ consumer }: any) => consumer)).toEqual(['record-campaigns']);
      expect(json.services).toMatchObject([{ service: 'campaigns', unpublished: 0, deadLetters: 0 }]);
    });
  });

  describe('tail', () => {
    async function tailing(line: string, during: (lines: () => string[]) => Promise<unknown>) {
      const [stop, lines] = [new AbortController(), [] as string[]];
      const ran = harness.run(line, undefined, stop.signal, (text) => void lines.push(text));
      await during(() => lines);
      stop.abort();
      return { ...(await ran), lines };
    }

    it('shows events as they come, each with what it is and none of what it says; leaves no reader behind', async () => {
      const readers = await harness.readers();
      const other = await harness.tell(newId(), [1]);
      await until('it is on the stream', async () => (await harness.rows('select 1 from leads.domain_events where not processed')).length === 0);
      const { code, lines, err } = await tailing('tail --service leads', async (soFar) => {
        await until('it reads', async () => (await harness.readers()).length > readers.length);
        await harness.tell(tenantId, [7, 8], lead);
        await until('both came', () => soFar().length === 2);
      });
      const [{ last }] = await harness.rows(`select max(aggregate_sequence)::int as last from leads.domain_events where aggregate_id = '${lead}'`) as [{ last: number }];
      expect(lines[0]).toMatch(new RegExp(`^\\d{4}-\\S+Z  leads +leads\\.lead\\.created v1 +main +${tenantId}  ${lead}#${last - 1}\n$`));
      expect(lines.join('')).not.toContain(other);
      expect(lines[1]).toContain(`${lead}#${last}`);
      expect(lines.join('')).not.toContain('"n"');
      expect([code, err]).toEqual([0, '2 events shown.\n']);
      expect(await harness.readers()).toEqual(readers);
    });

    it('begins earlier when told, filters, and shows payloads when asked', async () => {
      const { out, code } = await harness.run(`tail --since 10m --type leads.lead.created --aggregate ${lead} --tenant ${tenantId} --limit 2 --payload --json`);
      expect(code).toBe(0);
      expect(out.trimEnd().split('\n').map((line) => JSON.parse(line))).toMatchObject([{ sequence: 1, payload: { n: 1 } }, { sequence: 2, payload: { n: 2 } }]);
      const { lines } = await tailing(`tail --since 10m --service leads --tenant ${newId()}`, () => until('it reads', async () => (await harness.readers()).length > 2));
      expect(lines).toEqual([]);
    });

    it('says which service has no stream yet', async () => {
      expect(await harness.run('tail --service campaigns')).toMatchObject({ code: 0, err: 'campaigns has told nothing yet: it has no stream.\n0 events shown.\n' });
    });
  });
});
