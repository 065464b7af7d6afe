import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsvLine } from './format-csv-line.js';
import { openCsv, type CsvRow, type ReadCsvOptions } from './read-csv.js';

async function collect(rows: AsyncIterable<CsvRow>): Promise<CsvRow[]> {
  const collected: CsvRow[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

async function read(content: string | Buffer, options: ReadCsvOptions = {}, size = 7): Promise<{ header: string[]; rows: CsvRow[] }> {
  const bytes = Buffer.from(content as string);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
  const { header, rows } = await openCsv(Readable.from(chunks), options);
  return { header, rows: await collect(rows) };
}
const cellsOf = (rows: CsvRow[]): unknown[] => rows.map((row) => ('cells' in row ? row.cells : row.reject.code));

describe('openCsv', () => {
  it('reads quotes, doubled quotes, delimiters and line ends in cells', async () => {
    const { header, rows } = await read('Name,Notes\r\n"Ruiz, Ana","said ""hi""\nand left"\r\nBob,plain\r\n');
    expect(header).toEqual(['Name', 'Notes']);
    expect(cellsOf(rows)).toEqual([['Ruiz, Ana', 'said "hi"\nand left'], ['Bob', 'plain']]);
  });

  it.each(['\n', '\r\n', '\r'])('reads lines that end in %j, the last one open', async (end) => {
    const { rows } = await read(['Name,Email', 'Ana,a@example.com', 'Bob,b@example.com'].join(end));
    expect(cellsOf(rows)).toEqual([['Ana', 'a@example.com'], ['Bob', 'b@example.com']]);
  });

  it('reads a file whose line ends are mixed', async () => {
    expect(cellsOf((await read('Name,Email\r\nA,1\nB,2\r\nC,3')).rows)).toEqual([['A', '1'], ['B', '2'], ['C', '3']]);
  });

  it('takes no byte order mark for a part of the first name', async () => {
    expect((await read('\ufeff"First Name",E-Mail \nZoë,z@example.com\n')).header).toEqual(['First Name', 'E-Mail']);
  });

  it('decodes Windows-1252', async () => {
    const { header, rows } = await read(Buffer.from('Nombre;Tel\xe9fono;Ciudad\nJos\xe9;1;M\xe1laga \x80\n', 'latin1'));
    expect(header[1]).toBe('Teléfono');
    expect(cellsOf(rows)).toEqual([['José', '1', 'Málaga €']]);
  });

  it('follows the line in which Excel names the delimiter', async () => {
    const { header, rows } = await read('sep=;\r\nName;Email\r\nAna;a@example.com\r\n');
    expect(header).toEqual(['Name', 'Email']);
    expect(rows).toEqual([{ line: 3, row: 1, cells: ['Ana', 'a@example.com'] }]);
  });

  it('rejects a row with too few or too many fields and goes on', async () => {
    const { rows } = await read('Name,Email,City\nAna,a@example.com\nBob,b@example.com,Leeds\nC,c,d,"e,f"\nD,d@example.com,Bath,,\n');
    expect(cellsOf(rows)).toEqual(['too-few-fields', ['Bob', 'b@example.com', 'Leeds'], 'too-many-fields', ['D', 'd@example.com', 'Bath']]);
    expect(rows[2]).toMatchObject({ line: 4, row: 3, raw: 'C,c,d,"e,f"', reject: { message: 'The row has 4 fields, the header 3.' } });
  });

  it('says on which line a row begins, past blank lines and line ends in cells', async () => {
    const { rows } = await read('Name,Notes\r\n\r\nA,"1\r\n2\r\n3"\r\nB,"x\ny"\r\n,\r\n\r\nC,z\r\n');
    expect(rows.map(({ line, row }) => [line, row])).toEqual([[3, 1], [6, 2], [10, 3]]);
  });

  it('reads quotes in the wrong place as well as it can, and the rows after them', async () => {
    const { rows } = await read('Name,Notes\nAna,6" pipe\n"Bob"by,x\n"say "hi, there" now",y\nC,z\n');
    expect(cellsOf(rows)).toEqual([['Ana', '6" pipe'], ['"Bob"by', 'x'], 'too-many-fields', ['C', 'z']]);
  });

  it('rejects the row whose quote is never closed, and loses none before it', async () => {
    const good = Array.from({ length: 1_000 }, (_, at) => `A${at},x`).join('\n');
    const { rows } = await read(`Name,Notes\n${good}\nBob,"open\nC,z\n`, {}, 65_536);
    expect(rows).toHaveLength(1_001);
    expect(rows.at(-1)).toMatchObject({ line: 1_002, row: 1_001, reject: { code: 'quote-not-closed' } });
  });

  it('reads 500 columns', async () => {
    const header = ['Email', ...Array.from({ length: 499 }, (_, at) => `Column ${at}`)];
    const { rows } = await read(`${header.join(';')}\n${header.map((_, at) => `v${at}`).join(';')}\n`, {}, 999);
    expect((cellsOf(rows)[0] as string[]).at(-1)).toBe('v499');
  });

  it('reads what formatCsvLine wrote, wherever the chunks are cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', '中', ' ', ';'), maxLength: 9 });
    const table = fc.array(fc.tuple(cell, cell, fc.constant('x')), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (records, size) => {
        const text = [['Name', 'Notes', 'City'], ...records].map((record) => `${formatCsvLine(record)}\r\n`).join('');
        expect(cellsOf((await read(text, {}, size)).rows)).toEqual(records);
      }),
      { seed: 22 },
    );
  });

  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'csv-empty'],
    ['blank lines', '\n\n', 'csv-empty'],
    ['a header and no row', '\ufeffName,Email\n\n,\n', 'csv-empty'],
    ['a workbook', Buffer.from('PK\x03\x04\0\0\0\0', 'latin1'), 'csv-binary'],
    ['UTF-16', Buffer.from('\ufeffName,Email\n', 'utf16le'), 'csv-encoding-unsupported'],
    ['data in the first line', 'Ana,ana@example.com,Leeds\n', 'csv-header-missing'],
    ['a number in the first line', 'Name,+34 600 012 345\n', 'csv-header-missing'],
    ['a header nobody knows', 'foo,bar\n1,2\n', 'csv-header-missing'],
    ['a header whose quote is open', 'Name,"Email\nAna,x\n', 'csv-header-missing'],
    ['too many columns', `Email${',x'.repeat(1_000)}\n`, 'csv-too-many-columns'],
  ])('refuses %s', async (_name, content, code) => {
    await expect(read(content, {}, 4_096)).rejects.toMatchObject({ name: 'CsvRefusal', code });
  });

  it('takes a header nobody knows where the columns are mapped by hand', async () => {
    expect((await read('foo,bar\n1,2\n', { recogniseHeader: false })).header).toEqual(['foo', 'bar']);
  });

  it('refuses a cell of 10 MB without holding it', async () => {
    let given = 0;
    function* source(): Generator<Buffer> {
      yield Buffer.from('Name,Notes\nAna,"');
      for (; given < 10 * 1_048_576; given += 65_536) yield Buffer.alloc(65_536, 'x');
      yield Buffer.from('"\n');
    }
    await expect(openCsv(Readable.from(source()))).rejects.toMatchObject({ code: 'csv-cell-too-large', line: 2 });
    expect(given).toBeLessThan(4 * 1_048_576);
  });

  it('delivers every row before the one that is too long, however the bytes come', async () => {
    const bytes = Buffer.from(`Name,Email\n${'Ana,a@example.com\n'.repeat(50)}Bob,${'x'.repeat(5_000)}\nC,z\n`);
    for (const size of [64, 1_000, 100_000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
      const { rows } = await openCsv(Readable.from(chunks), { maxRowBytes: 2_000 });
      let last = 0;
      const reading = (async () => {
        for await (const { row } of rows) last = row;
      })();
      await expect(reading).rejects.toMatchObject({ code: 'csv-cell-too-large', line: 52 });
      expect(last).toBe(50);
    }
  });

  it('passes on what the source fails with', async () => {
    async function* source(): AsyncGenerator<Buffer> {
      yield Buffer.from(`Name,Email\n${'Ana,a@example.com\n'.repeat(10_000)}`);
      throw new Error('the upload broke off');
    }
    const { rows } = await openCsv(Readable.from(source()));
    await expect(collect(rows)).rejects.toThrow('the upload broke off');
  });

  it('closes the source when the reader leaves early, and reads no further', async () => {
    let given = 0;
    function* endless(): Generator<Buffer> {
      yield Buffer.from('Name,Email\n');
      for (;;) yield Buffer.from(`Ana${(given += 1)},a@example.com\n`.repeat(1_000));
    }
    const source = Readable.from(endless());
    const { rows } = await openCsv(source);
    for await (const { row } of rows) if (row === 5_000) break;
    expect(source.destroyed).toBe(true);
    expect(given).toBeLessThan(200);
  });
});
