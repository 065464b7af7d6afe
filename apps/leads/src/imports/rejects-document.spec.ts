import { describe, expect, it } from 'vitest';
import { rejectsDocument } from './rejects-document.js';

const reject = (raw: string, line = 2) => ({ line, code: 'invalid-email', message: 'no', raw });

describe('the document of rejects', () => {
  it.each(['=1+1', '+1 202', '-1', '@cmd', '\tx'])('makes %j inert', (raw) => {
    expect(rejectsDocument([reject(raw)]).split('\r\n')[1]).toBe(`2,invalid-email,no,'${raw}`);
  });

  it('quotes a raw row, so that it stays one cell', () => {
    expect(rejectsDocument([reject('a,"b"\nc')])).toBe('line,code,message,raw\r\n2,invalid-email,no,"a,""b""\nc"\r\n');
  });

  it('ends before it grows beyond one message', () => {
    const body = rejectsDocument(Array.from({ length: 500 }, (_, at) => reject('ñ'.repeat(2_000), at + 2)));
    expect(Buffer.byteLength(body)).toBeLessThan(700_001);
    expect(body.split('\r\n').length).toBeGreaterThan(100);
    expect(body.endsWith('\r\n')).toBe(true);
  });
});
