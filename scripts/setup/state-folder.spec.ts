import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isReachableByAll } from './state-folder.mjs';

describe('isReachableByAll', () => {
  it('is false below a folder closed to others, and true once it is opened', () => {
    const closed = mkdtempSync(join(tmpdir(), 'state-folder-'));
    expect(isReachableByAll(join(closed, 'not', 'there', 'yet'))).toBe(false);
    chmodSync(closed, 0o711);
    expect(isReachableByAll(join(closed, 'not', 'there', 'yet'))).toBe(isReachableByAll(tmpdir()));
    rmSync(closed, { recursive: true });
  });
});
