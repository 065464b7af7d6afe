import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFiles, listFiles } from './source-hash.mjs';

describe('the hash over sources', () => {
  let top: string;
  const write = (path: string, text: string) => {
    mkdirSync(join(top, path, '..'), { recursive: true });
    writeFileSync(join(top, path), text);
  };
  const hash = () => hashFiles(top, listFiles(top, ['apps'], (path: string) => path.endsWith('.ts')));

  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'source-hash-'));
    write('apps/a/one.ts', '1');
    write('apps/two.ts', '2');
  });
  afterEach(() => rmSync(top, { recursive: true }));

  it('changes with a content, a name, a new and a removed file, and with nothing else', () => {
    const seen = [hash()];
    const next = (change: () => void) => {
      change();
      seen.push(hash());
    };
    next(() => write('apps/two.ts', '3'));
    next(() => write('apps/three.ts', ''));
    next(() => rmSync(join(top, 'apps/two.ts')));
    expect(new Set(seen).size).toBe(4);
    write('apps/README.md', 'words');
    write('apps/node_modules/x.ts', 'not ours');
    expect(hash()).toBe(seen[3]);
  });

  it('does not confuse where one file ends and the next begins', () => {
    write('apps/two.ts', '');
    const before = hash();
    write('apps/a/one.ts', '');
    write('apps/two.ts', '1');
    expect(hash()).not.toBe(before);
  });
});
