import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DOCUMENT_FOLDER } from './contract-documents.js';
import { committed, released } from './promised-documents.js';

const PATH = 'events/leads.lead.told.v1.schema.json';
let top: string;

const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: top, stdio: 'pipe' });

function commit(text: string): void {
  mkdirSync(join(top, DOCUMENT_FOLDER, 'events'), { recursive: true });
  writeFileSync(join(top, DOCUMENT_FOLDER, PATH), text);
  git('add', '.');
  git('commit', '-q', '-m', text);
}

beforeEach(() => void (top = mkdtempSync(join(tmpdir(), 'leadwire-promises-'))));
afterEach(() => rmSync(top, { recursive: true }));

it('reads what the last commit and the latest release say, whatever stands in the folder now', () => {
  git('init', '-q');
  commit('as released');
  git('tag', 'v1.0.0');
  commit('as committed');
  writeFileSync(join(top, DOCUMENT_FOLDER, PATH), 'as edited');
  expect(committed(top)(PATH)).toBe('as committed');
  expect(released(top)!(PATH)).toBe('as released');
  expect(committed(top)('events/never.v1.schema.json')).toBeUndefined();
});

it('finds no promise before the first release, and none without git', () => {
  expect(committed(top)(PATH)).toBeUndefined();
  git('init', '-q');
  commit('as committed');
  expect(released(top)).toBeUndefined();
});
