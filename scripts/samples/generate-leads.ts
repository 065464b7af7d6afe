/**
 * Writes the sample leads: a CSV as messy as people really upload, the same byte for byte for the same seed.
 *
 *   node scripts/samples/generate-leads.ts [--rows 5000] [--seed 20240229] [--out samples/leads.csv]
 *
 * Every row is a pure function of (seed, index), so a million rows need no more memory than ten.
 * Erasable TypeScript in one file on purpose: Node runs it as it stands, before anything is built.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import needs from './data/needs.json' with { type: 'json' };
import people from './data/people.json' with { type: 'json' };
import phrases from './data/phrases.json' with { type: 'json' };
import places from './data/places.json' with { type: 'json' };

export const SAMPLE = { rows: 5_000, seed: 20_240_229 } as const;
/** Mixed case and a stray blank, as spreadsheets have them. */
export const HEADER =
  'First Name,LAST NAME,E-Mail,Phone ,Company,Job Title,LinkedIn,City,Country,Industry,Budget,Notes,source,Tags';

type Country = keyof typeof places;
type Random = () => number;
interface Person {
  first: string;
  last: string;
  mail: string;
  company: string;
  country: Country;
  need: (typeof needs)[number];
}

/** mulberry32: 32 bits of state, good enough to look random and short enough to be read. */
function randomOf(seed: number, index: number, salt: number): Random {
  let state = (seed ^ Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

function pickNeed(random: Random): (typeof needs)[number] {
  const total = needs.reduce((sum, need) => sum + need.weight, 0);
  let left = random() * total;
  return needs.find((need) => (left -= need.weight) < 0) ?? needs[0]!;
}

function toAscii(text: string): string {
  const latin = people.latin as Record<string, string>;
  const spelled = [...text].map((letter) => latin[letter] ?? letter).join('');
  return spelled
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function domainOf(random: Random, company: string): string {
  const slug = company.split(/[ &']+/).map(toAscii).filter(Boolean).join('-');
  const personal = random() < 0.35 || slug.length < 4;
  return personal ? pick(random, ['example.com', 'example.net', 'example.org']) : `${slug}.example`;
}

/** Who stands in row `index`: apart from the row, so that a later duplicate can quote them. */
function personOf(seed: number, index: number): Person {
  const random = randomOf(seed, index, 1);
  const need = pickNeed(random);
  const first = pick(random, people.first);
  const last = pick(random, people.last);
  const company = pick(random, need.companies);
  const country = random() < 0.62 ? 'US' : random() < 0.55 ? 'GB' : 'ES';
  const local = `${toAscii(first)}.${toAscii(last)}${index + 1}`;
  return { first, last, company, country, need, mail: `${local}@${domainOf(random, company)}` };
}

/** National digits by group, trunk zero apart. Within the sample: numbers kept for fiction (555-01xx, 7946 0xxx). */
function phoneGroups(country: Country, index: number): string[] {
  const areas = places[country].areas;
  const area = areas[index % areas.length] as string;
  const line = Math.floor(index / areas.length);
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  if (country === 'US' && line < 100) return [area, '555', `01${pad(line, 2)}`];
  if (country === 'US') return [area, String(220 + (Math.floor(line / 10_000) % 80)), pad(line % 10_000, 4)];
  if (country === 'GB' && line < 1_000) return [...area.split(' '), `0${pad(line, 3)}`];
  if (country === 'GB') return ['7400', pad(index % 1_000_000, 6)];
  const digits = `${area.replace(' ', '')}${pad(line % 100_000, 5)}`;
  return [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
}

function phoneOf(random: Random, country: Country, index: number): string {
  const groups = phoneGroups(country, index);
  const code = { US: '1', GB: '44', ES: '34' }[country];
  const national = country === 'GB' ? [`0${groups[0]}`, ...groups.slice(1)] : groups;
  switch (between(random, 0, 5)) {
    case 0:
      return `+${code}${groups.join('')}`;
    case 1:
      return national.join(' ');
    case 2:
      return national.join('.');
    case 3:
      return `(${national[0]}) ${national.slice(1).join('-')}`;
    case 4:
      return `00${code} ${groups.join(' ')}`;
    default:
      return `+${code} ${groups.join(' ')} ${pick(random, ['ext. ', 'x', 'ext '])}${between(random, 10, 999)}`;
  }
}

function budgetOf(random: Random): string {
  const thousands = between(random, 2, 900);
  return pick(random, [
    '',
    String(thousands * 1_000),
    `$${thousands},000`,
    `${thousands}k`,
    `€ ${thousands}.000,00`,
    `${thousands},000.50 USD`,
    'tbd',
  ]);
}

function notesOf(random: Random, person: Person, city: string, budget: string): string {
  const values: Record<string, string> = {
    n: String(between(random, 2, 9)),
    k: String(between(random, 12, 95)),
    month: pick(random, phrases.months),
    city,
    budget: budget || '20,000 dollars',
  };
  const need = pick(random, person.need.needs).replace(/\{(\w+)\}/g, (_, slot: string) => values[slot] ?? slot);
  const parts = [pick(random, phrases.openers), need, pick(random, phrases.closers)].filter(Boolean);
  return parts.join(random() < 0.12 ? '\n' : ' ');
}

function mailOf(random: Random, seed: number, index: number, person: Person): string {
  const fate = random();
  if (fate < 0.04 && index > 0) {
    const earlier = personOf(seed, between(random, 0, index - 1)).mail;
    return pick(random, [earlier.toUpperCase(), earlier.charAt(0).toUpperCase() + earlier.slice(1), `${earlier} `]);
  }
  if (fate < 0.055) return pick(random, phrases.badMails).replace('{local}', person.mail.split('@')[0] ?? '');
  if (fate < 0.085) return '';
  return fate < 0.11 ? ` ${person.mail}` : person.mail;
}

function contactOf(random: Random, seed: number, index: number, person: Person): [string, string, string] {
  if (random() < 0.012) return ['', pick(random, ['', '', 'n/a', ' ']), ''];
  const mail = mailOf(random, seed, index, person);
  const fate = random();
  const slug = `${toAscii(person.first)}-${toAscii(person.last)}-${index + 1}`;
  const linkedin = random() < 0.3 ? pick(random, [`https://www.linkedin.com/in/${slug}`, `linkedin.com/in/${slug}/`]) : '';
  if (fate < 0.06) return [mail, '', linkedin];
  if (fate < 0.085) return [mail, pick(random, phrases.badPhones), linkedin];
  return [mail, phoneOf(random, person.country, index), linkedin];
}

function quoted(random: Random, cell: string): string {
  return /[",\r\n]/.test(cell) || (cell !== '' && random() < 0.05) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Row `index` (from 0) of the file with this seed, without its line end. */
export function leadLine(seed: number, index: number): string {
  const random = randomOf(seed, index, 2);
  const person = personOf(seed, index);
  const place = places[person.country];
  const [mail, phone, linkedin] = contactOf(random, seed, index, person);
  const city = pick(random, place.cities);
  const budget = budgetOf(random);
  const cells = [
    random() < 0.06 ? '' : person.first,
    random() < 0.07 ? '' : person.last + (random() < 0.03 ? '  ' : ''),
    mail,
    phone,
    random() < 0.12 ? '' : person.company,
    pick(random, person.need.titles),
    linkedin,
    city,
    pick(random, place.names),
    person.need.industry,
    budget,
    notesOf(random, person, city, budget),
    pick(random, phrases.sources),
    [...new Set([pick(random, phrases.tags), pick(random, phrases.tags)])].join('; '),
  ].map((cell) => quoted(random, cell));
  const broken = random();
  if (broken < 0.006) return cells.slice(0, between(random, 6, 9)).join(',');
  return broken < 0.008 ? `${cells.join(',')},moved,here` : cells.join(',');
}

/** The whole file in chunks: a byte order mark, the header, then the rows with Windows line ends. */
export function* leadsCsv(rows: number, seed: number): Generator<string> {
  yield `\ufeff${HEADER}\r\n`;
  for (let start = 0; start < rows; start += 500) {
    const count = Math.min(500, rows - start);
    yield Array.from({ length: count }, (_, offset) => `${leadLine(seed, start + offset)}\r\n`).join('');
  }
}

async function writeFile(path: string, rows: number, seed: number): Promise<void> {
  const file = createWriteStream(path);
  const finished = once(file, 'finish');
  for (const chunk of leadsCsv(rows, seed)) {
    if (!file.write(chunk)) await once(file, 'drain');
  }
  file.end();
  await finished;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} needs a whole number, not "${text}"`);
  return Number(text);
}

async function main(): Promise<void> {
  const here = dirname(fileURLToPath(import.meta.url));
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: String(SAMPLE.rows) },
      seed: { type: 'string', default: String(SAMPLE.seed) },
      out: { type: 'string', default: join(here, '../../samples/leads.csv') },
    },
  });
  await writeFile(values.out, wholeNumber('rows', values.rows), wholeNumber('seed', values.seed));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
