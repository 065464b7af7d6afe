import { describe, expect, it } from 'vitest';
import { detectCsv } from './detect-csv.js';
import { CsvRefusal } from './csv-refusal.js';

const codeOf = (bytes: Buffer): string => {
  try {
    detectCsv(bytes);
  } catch (error) {
    if (error instanceof CsvRefusal) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('detectCsv', () => {
  it.each([
    ['Name,E-Mail\nAna,a@example.com\n', ','],
    ['Name;E-Mail;Budget\nAna;a@example.com;1.200,50\nBob;b@example.com;3,5\n', ';'],
    ['Name\tE-Mail\nRuiz, Ana\ta@example.com\n', '\t'],
    ['Name|E-Mail|Notes\nAna|a@example.com|likes a, b, c and d\n', '|'],
    ['"Name, full";E-Mail\n"Ruiz, Ana, Dr";a@example.com\n', ';'],
    ['Email\na@example.com\n', ','],
    ['sep=|\r\nName,E-Mail|Phone\r\n', '|'],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(detectCsv(Buffer.from(text)).delimiter).toBe(delimiter);
  });

  it('skips the line in which Excel names the delimiter', () => {
    expect(detectCsv(Buffer.from('sep=;\nName;Email\n'))).toMatchObject({ delimiter: ';', headerLine: 2 });
  });

  it.each([
    ['plain ASCII', Buffer.from('Name,Email\n'), 'utf-8'],
    ['UTF-8', Buffer.from('Nombre,Teléfono\nJosé,1\n'), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffName,Email\nZoë,\n'), 'utf-8'],
    ['UTF-8 cut in the middle of 中', Buffer.from('Name,Email\n中').subarray(0, -1), 'utf-8'],
    ['Windows-1252', Buffer.from('Nombre,Tel\xe9fono\nJos\xe9,\x80 5\n', 'latin1'), 'windows-1252'],
  ])('knows %s', (_name, bytes, encoding) => expect(detectCsv(bytes).encoding).toBe(encoding));

  it.each([
    ['nothing', Buffer.alloc(0), 'csv-empty'],
    ['blank lines', Buffer.from('\ufeff \r\n\n'), 'csv-empty'],
    ['UTF-16 LE with a mark', Buffer.from('\ufeffName,Email\n', 'utf16le'), 'csv-encoding-unsupported'],
    ['UTF-16 BE with a mark', Buffer.from('\ufeffName,Email\n', 'utf16le').swap16(), 'csv-encoding-unsupported'],
    ['UTF-16 without a mark', Buffer.from('Name,Email\nAna,a@example.com\n', 'utf16le'), 'csv-encoding-unsupported'],
    ['UTF-16 BE without a mark', Buffer.from('Name,Email\n', 'utf16le').swap16(), 'csv-encoding-unsupported'],
    ['a workbook', Buffer.from('PK\x03\x04\x14\x00\x06\x00', 'latin1'), 'csv-binary'],
    ['a PDF', Buffer.from('%PDF-1.7\nhello'), 'csv-binary'],
    ['an image', Buffer.from('\x89PNG\r\n\x1a\n\x00\x00', 'latin1'), 'csv-binary'],
    ['zeros', Buffer.alloc(100), 'csv-binary'],
    ['a NUL among text', Buffer.from('Name,Email\nA\0na,a@example.com\n'), 'csv-binary'],
    ['random bytes', Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7919) % 251)), 'csv-binary'],
  ])('refuses %s', (_name, bytes, code) => expect(codeOf(bytes)).toBe(code));
});
