import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { importsOf, type Import } from './imports.js';

/** A source file: its path from the top with `/`, its text, what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** A checkout's sources, or a fixture laid out like one. */
export interface SourceTree {
  readonly files: readonly SourceFile[];
  /** The folders below apps/. */
  readonly apps: readonly string[];
  /** The text of any file below the top. */
  read(path: string): string | undefined;
}

/** Where a rule is broken, and what it says about it. */
export interface Violation {
  readonly path: string;
  readonly says: string;
}

/** An architecture rule: the places of a tree that break it. */
export type Rule = (tree: SourceTree) => Violation[];

const FOLDERS = ['apps', 'libs', 'scripts', 'tests', 'bench'];
const SKIPPED = new Set(['node_modules', 'dist', 'fixtures']);

/** Reads the sources of a checkout. */
export function readTree(top: string): SourceTree {
  const paths = FOLDERS.flatMap((folder) => walk(join(top, folder))).map((path) => relative(top, path).split(sep).join('/'));
  const files = paths.filter((path) => /\.(ts|mts|mjs)$/.test(path)).map((path) => readSource(top, path));
  const apps = new Set(paths.map((path) => path.split('/')).filter(([folder, , below]) => folder === 'apps' && below).map(([, app]) => app!));
  return { files, apps: [...apps], read: (path) => (existsSync(join(top, path)) ? readFileSync(join(top, path), 'utf8') : undefined) };
}

/** The file a relative import means; undefined for a package or a library. */
export function target(file: SourceFile, name: string): string | undefined {
  if (!name.startsWith('.')) return undefined;
  return posix.join(posix.dirname(file.path), name).replace(/\.js$/, '.ts');
}

/** Whether a file only runs in tests. */
export function isTest(path: string): boolean {
  return /\.(spec|harness)\.ts$/.test(path) || path.includes('/testing/') || path.startsWith('tests/');
}

function readSource(top: string, path: string): SourceFile {
  const text = readFileSync(join(top, path), 'utf8');
  return { path, text, imports: importsOf(text) };
}

function walk(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(join(folder, entry.name));
    return entry.isFile() ? [join(folder, entry.name)] : [];
  });
}
