import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processStart } from './process-identity.mjs';
import { takeRunLock } from './run-lock.mjs';

describe('takeRunLock', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'run-lock-'));
    path = join(folder, 'run.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is held by one run, which the second is told of, and is free again afterwards', () => {
    const unlock = takeRunLock(path, 'demo');
    expect(() => takeRunLock(path, 'test')).toThrow(`(demo, process ${process.pid},`);
    unlock();
    takeRunLock(path, 'test')();
    expect(existsSync(path)).toBe(false);
  });

  it('is taken over from a run that was killed', () => {
    const dead = spawnSync('true').pid;
    writeFileSync(path, JSON.stringify({ pid: dead, start: '1', purpose: 'demo' }));
    takeRunLock(path, 'test');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, purpose: 'test' });
  });

  it('is taken over when its number by now belongs to another process', () => {
    writeFileSync(path, JSON.stringify({ pid: process.ppid, start: 'earlier', purpose: 'demo' }));
    expect(processStart(process.ppid)).toBeDefined();
    takeRunLock(path, 'test');
    expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  });

  it('is taken over when a crash left it half written', () => {
    writeFileSync(path, '{"pid":');
    takeRunLock(path, 'test');
    expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  });
});
