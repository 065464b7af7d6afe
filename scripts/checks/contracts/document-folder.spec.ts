import { ALL_EVENTS, defineEvent, Field, text, versionsOf } from '#leadwire/contracts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contractDocuments } from './contract-documents.js';
import { drift, readDocuments, writeDocuments } from './document-folder.js';

class Told {
  @Field(text({ max: 20 })) name: string;
}
class Later {
  @Field(text({ max: 20 })) first: string;
}
const told = defineEvent('leads', 'lead', 'told', { summary: 'Told.', payload: Told });

const documents = contractDocuments();
const eventFile = [...documents.keys()].find((path) => path.startsWith('events/'))!;
let folder: string;

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leadwire-contracts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('writes one document an event, and both overviews', () => {
  writeDocuments(folder, documents);
  expect(drift(folder, documents)).toEqual([]);
  expect(documents.size).toBe(ALL_EVENTS.flatMap(versionsOf).length + 2);
  expect(JSON.parse(readFileSync(join(folder, eventFile), 'utf8'))).toHaveProperty('$schema');
});

it('names each file that differs, is missing or belongs to nothing', () => {
  writeDocuments(folder, documents);
  writeFileSync(join(folder, 'openapi.json'), '{}\n');
  rmSync(join(folder, eventFile));
  writeFileSync(join(folder, 'events/leads.lead.forgotten.v1.schema.json'), '{}\n');
  expect(drift(folder, documents)).toEqual([
    'openapi.json differs from the declarations',
    `${eventFile} is missing`,
    'events/leads.lead.forgotten.v1.schema.json belongs to no declaration',
  ]);
});

it('removes what belongs to nothing', () => {
  writeDocuments(folder, documents);
  writeFileSync(join(folder, 'events/leads.lead.forgotten.v1.schema.json'), '{}\n');
  writeDocuments(folder, documents);
  expect(drift(folder, documents)).toEqual([]);
  expect(readDocuments(folder)).toEqual(documents);
});

it('keeps a schema for each version that is still declared', () => {
  const next = defineEvent('leads', 'lead', 'told', {
    summary: 'Told.',
    version: 2,
    payload: Later,
    supersedes: { event: told, upcast: ({ name }: Told) => ({ first: name }) },
  });
  const files = [...contractDocuments([next]).keys()].filter((path) => path.startsWith('events/'));
  expect(files).toEqual(['events/leads.lead.told.v2.schema.json', 'events/leads.lead.told.v1.schema.json']);
});
