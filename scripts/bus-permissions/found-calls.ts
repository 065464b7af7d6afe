import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '#leadwire/contracts';
import type { AnyOperation } from './declared-calls.js';

/** A call of another service's operation that stands in the code. */
export interface FoundCall {
  readonly file: string;
  readonly operation: AnyOperation;
}

/** What was found in an app, and what could not be read. */
export interface FoundCalls {
  readonly calls: readonly FoundCall[];
  readonly unread: readonly string[];
}

type Operations = Record<string, AnyOperation>;

/**
 * The calls of one app to operations of other services: `rpc.call(xOperations.name, …)`, and `client.name(…)` where client
 * is made by `clientOf(rpc, xOperations)`. A file that uses another's operations in any other way is told as unread.
 */
export function findCalls(top: string, app: string): FoundCalls {
  const found = sourcesOf(join(top, 'apps', app, 'src')).map((file) => callsIn(file, app));
  return { calls: found.flatMap(({ calls }) => calls), unread: found.flatMap(({ unread }) => unread) };
}

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(spec|harness|scenario)\.ts$/.test(path))
    .map((path) => join(folder, path));
}

function callsIn(file: string, app: string): FoundCalls {
  const text = readFileSync(file, 'utf8');
  const code = text.replace(/^import .*$/gm, '');
  const named = [...new Set(code.match(/\b\w+Operations\b/g) ?? [])].filter((name) => operationsNamed(name) && !belongsTo(name, app));
  const calls = named.flatMap((name) => [...direct(code, name), ...throughClient(code, name)]);
  const unread = named.filter((name) => !calls.some(({ service }) => service === serviceOf(name)));
  return { calls: calls.map((operation) => ({ file, operation })), unread: unread.map((name) => `${file} uses ${name} in a way that is not understood`) };
}

function direct(code: string, name: string): AnyOperation[] {
  const operations = operationsNamed(name)!;
  return [...code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map((match) => operations[match[1]!]).filter((one) => one !== undefined);
}

function throughClient(code: string, name: string): AnyOperation[] {
  const operations = operationsNamed(name)!;
  const clients = [...code.matchAll(new RegExp(`(\\w+)\\s*=\\s*clientOf\\(\\s*[\\w.]+,\\s*${name}\\s*\\)`, 'g'))].map((match) => match[1]!);
  const used = clients.flatMap((client) => [...code.matchAll(new RegExp(`\\b${client}\\.(\\w+)\\(`, 'g'))]);
  return used.map((match) => operations[match[1]!]).filter((one) => one !== undefined);
}

function operationsNamed(name: string): Operations | undefined {
  return (contracts as unknown as Record<string, Operations | undefined>)[name];
}

const serviceOf = (name: string) => Object.values(operationsNamed(name)!)[0]!.service;
const belongsTo = (name: string, app: string) => (serviceOf(name) as string) === app;
