// node dist/scripts/bus-permissions/main.js [--check] [--namespace NAME]: writes the permissions of every login on the bus,
// says how the committed ones differ, or prints those of an installation that shares its server.
import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import { authorizationFile } from './authorization-conf.js';
import { checkCalls } from './check-calls.js';
import { deriveNeeds } from './derive-needs.js';
import { permissionFiles } from './permission-files.js';
import { loginsOf } from './permissions.js';

const { check, namespace } = parseArgs({ options: { check: { type: 'boolean', default: false }, namespace: { type: 'string' } } }).values;

// Modules are only read here; that several declare a data source is nothing to warn of.
Logger.overrideLogger(false);
const { MODULES } = await import('../modules-by-service.js');
const needs = deriveNeeds(MODULES);
const errors = checkCalls(process.cwd());
if (namespace !== undefined) console.log(authorizationFile(loginsOf(needs, namespace)));
else for (const [path, text] of permissionFiles(needs)) checkOrWrite(path, text);
for (const error of errors) console.error(error);
if (errors.length > 0) process.exitCode = 1;

function checkOrWrite(path: string, text: string): void {
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) errors.push(`${path} differs from the declarations: npm run bus:permissions`);
}
