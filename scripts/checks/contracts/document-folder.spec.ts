import { ALL_EVENTS } from '#leadwire/contracts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contractDocuments, isEarlierVersion } from './contract-documents.js';
import { drift, writeDocuments } from './document-folder.js';

const documents = contractDocuments();
const eventFile = [...documents.keys()].find((path) => path.startsWith('events/'))!;
let folder: string;

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leadwire-contracts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('writes one document an event, and both overviews', () => {
  writeDocuments(folder, documents);
  expect(drift(folder, documents)).toEqual([]);
  expect(documents.size).toBe(ALL_EVENTS.length + 2);
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

it('removes what belongs to nothing, and keeps earlier versions of an event', () => {
  writeDocuments(folder, documents);
  writeFileSync(join(folder, 'events/leads.lead.forgotten.v1.schema.json'), '{}\n');
  writeDocuments(folder, documents);
  expect(drift(folder, documents)).toEqual([]);
  const [event] = ALL_EVENTS;
  const next = [{ ...event!, version: 2 }];
  expect(isEarlierVersion(`events/${event!.type}.v1.schema.json`, next)).toBe(true);
  expect(isEarlierVersion(`events/${event!.type}.v2.schema.json`, next)).toBe(false);
});
