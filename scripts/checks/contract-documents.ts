// node dist/scripts/checks/contract-documents.js [--check] [--breaking]: writes docs/contracts, or says how it differs.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { checkDocuments, writeAll } from './contracts/check-documents.js';
import { contractDocuments } from './contracts/contract-documents.js';

const { check, breaking } = parseArgs({
  options: { check: { type: 'boolean', default: false }, breaking: { type: 'boolean', default: false } },
}).values;

const top = process.cwd();
const documents = contractDocuments();
const { errors, notes } = check ? checkDocuments(top, documents) : writeAll(top, documents, breaking);
for (const note of notes) console.log(note);
for (const error of errors) console.error(error);
if (errors.length > 0) process.exitCode = 1;
