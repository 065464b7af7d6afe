import { defineProblem, Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, integer, object, record, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { TextDocument, UploadReference } from '../declare/shared-shapes.js';

export const ImportProblems = {
  empty: defineProblem('leads.csv-empty', 400, 'The file is empty.', 'Send a CSV with a header line and at least one row.'),
  binary: defineProblem('leads.csv-binary', 400, 'The file is not text.', 'Export it as CSV (UTF-8) and send that.'),
  encoding: defineProblem('leads.csv-encoding', 400, 'The file is in an encoding that is not read here.', 'Save it as UTF-8 and send it again.'),
  header: defineProblem('leads.csv-header-missing', 400, 'The first line names no column known here.', 'Put a header line first, with a column such as Email, Phone or LinkedIn.'),
  tooManyColumns: defineProblem('leads.csv-too-many-columns', 400, 'The file has more columns than are read.', 'Remove columns and send it again.'),
  rowTooLarge: defineProblem('leads.csv-row-too-large', 400, 'A row of the file is too large.', 'See whether a quote before it is never closed.'),
};

export class StartImport {
  @Field(object(() => UploadReference), { description: 'The CSV, as the request body.' }) upload: UploadReference;
  @Field(choice(['upsert', 'create', 'update']), { optional: true, default: 'upsert' }) mode?: string;
}

export class ImportId {
  @Field(uuid()) importId: string;
}

export class ImportView {
  @Field(uuid()) id: string;
  @Field(choice(['queued', 'running', 'completed', 'failed'])) status: string;
  @Field(choice(['upsert', 'create', 'update'])) mode: string;
  @Field(record(), { description: 'Which column became which field.' }) columns: Record<string, string>;
  @Field(integer({ min: 0 })) rowsRead: number;
  @Field(integer({ min: 0 })) imported: number;
  @Field(integer({ min: 0 })) updated: number;
  @Field(integer({ min: 0 }), { description: 'imported + updated + rejected = rowsRead.' }) rejected: number;
  @Field(integer({ min: 0 })) bytesRead: number;
  @Field(integer({ min: 0 })) bytesTotal: number;
  @Field(text({ max: 500 }), { nullable: true }) failure: string | null;
  @Field(timestamp()) createdAt: string;
  @Field(timestamp(), { nullable: true }) completedAt: string | null;
}

export const startImport = defineOperation<StartImport, ImportView>('leads', 'start-import', {
  summary: 'Import leads from CSV, in the background',
  description: 'The body is the file itself, streamed. Delimiter and columns are guessed; see the import for progress.',
  input: StartImport,
  answer: ImportView,
  access: 'leads:import',
  effect: 'write',
  http: { method: 'POST', path: '/v1/imports', status: 202, body: 'upload', maxBytes: 2 * 1024 ** 3 },
  problems: Object.values(ImportProblems),
  cost: 10,
});

export const getImport = defineOperation<ImportId, ImportView>('leads', 'get-import', {
  summary: 'How far an import is',
  input: ImportId,
  answer: ImportView,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/imports/:importId' },
  problems: [Problems.notFound],
});

export class RejectsQuery extends ImportId {
  @Field(integer({ min: 0 }), { optional: true, default: 0, description: 'Rejects after this line; at most 2,000 are answered at once.' })
  afterLine?: number;
}

export const getImportRejects = defineOperation<RejectsQuery, TextDocument>('leads', 'get-import-rejects', {
  summary: 'The rejected rows of an import with the reason of each, as CSV',
  input: RejectsQuery,
  answer: TextDocument,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/imports/:importId/rejects', produces: 'document' },
  problems: [Problems.notFound],
});
