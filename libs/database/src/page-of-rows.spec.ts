import { newId } from '#leadwire/kernel';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, idCursor, pageOfRows } from './page-of-rows.js';

const isText = (part: unknown): boolean => typeof part === 'string';
const isNumber = (part: unknown): boolean => typeof part === 'number';
const base64 = (text: string): string => Buffer.from(text).toString('base64url');

describe('cursors', () => {
  it('come back as they went out', () => {
    const id = newId();
    expect(idCursor(encodeCursor([id]))).toBe(id);
    expect(decodeCursor(encodeCursor(['é.,"', 3]), isText, isNumber)).toEqual(['é.,"', '3']);
  });

  it.each([
    '', 'x', '%%%', base64('null'), base64('{}'), base64('"text"'), base64('[]'), base64('[1]'), base64('["no id"]'),
    base64(`["${newId()}","more"]`), base64(`["' or 1=1 --"]`), base64('[["nested"]]'), base64('[null]'), encodeCursor([newId()]).slice(0, -4),
  ])('are refused when this list did not give them out: %s', (cursor) => {
    expect(() => idCursor(cursor)).toThrow(expect.objectContaining({ code: 'request.bad-cursor' }));
  });

  it('lead through every row once, and end', () => {
    const rows = Array.from({ length: 7 }, (_, n) => ({ n }));
    const seen: number[] = [];
    let after = -1;
    for (;;) {
      const page = pageOfRows(rows.filter((row) => row.n > after).slice(0, 4), 3, (row) => row.n, (row) => row.n);
      seen.push(...page.items);
      if (page.nextCursor === null) break;
      after = Number(decodeCursor(page.nextCursor, isNumber)[0]);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(pageOfRows([], 3, () => 0, (row) => row)).toEqual({ items: [], nextCursor: null });
    expect(pageOfRows(rows.slice(0, 3), 3, (row) => row.n, (row) => row).nextCursor).toBeNull();
  });
});
