import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Encoder } from './encoder.port.js';
import { EncoderClosed } from './encoder.port.js';
import { MiniLmEncoder } from './minilm-encoder.js';

// An adapter of the port joins the suite by a line here.
const adapters: [string, () => Promise<Encoder>][] = [['MiniLmEncoder', () => MiniLmEncoder.load()]];

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
const length = (a: Float32Array) => Math.sqrt(cosine(a, a));

describe.each(adapters)('%s keeps the law of the encoder port', (_name, load) => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await load();
  });
  afterAll(() => encoder.close());

  it('gives unit vectors of the dimensions it names, one for each text', async () => {
    const vectors = await encoder.encode(['Head of Sales at Alder Roofing', 'Dentist in Leeds', 'Owner']);
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) {
      expect(vector).toHaveLength(encoder.dimensions);
      expect(length(vector)).toBeCloseTo(1, 5);
    }
  });

  it('gives the same vector to the bit, alone or among others', async () => {
    const text = 'Operations director, wants a quote for 40 seats';
    const [alone] = await encoder.encode([text]);
    const among = await encoder.encode(['short', text, 'a much longer neighbour '.repeat(40), text]);
    expect(among[1]).toEqual(alone);
    expect(among[3]).toEqual(alone);
  });

  it('puts what means the same nearer than what does not', async () => {
    const triples = [
      ['He wants to buy a house', 'Looking to purchase a home', 'The server ran out of memory'],
      ['Head of Sales', 'VP of revenue and business development', 'Pastry chef'],
      ['Solar panels for the roof', 'Photovoltaic installation', 'Divorce lawyer'],
      ['Asked to be called back next week', 'Wants us to ring again in a few days', 'Sells used cars'],
    ];
    for (const triple of triples) {
      const [text, near, far] = await encoder.encode(triple);
      expect(cosine(text!, near!), triple[0]).toBeGreaterThan(cosine(text!, far!) + 0.15);
    }
  });

  it('takes any text: nothing, very long, emoji, broken surrogates, other scripts', async () => {
    const odd = ['', ' \n\t', 'x'.repeat(10_000), 'word '.repeat(2_000), '👩‍👩‍👧‍👦🔥🚀', '\ud800 alone', '東京の不動産', '\0\u202e'];
    const vectors = await encoder.encode(odd);
    expect(vectors).toHaveLength(odd.length);
    for (const vector of vectors) expect(length(vector)).toBeCloseTo(1, 5);
  });

  it('keeps the order of the answers, and 200 concurrent calls apart', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => `Lead number ${i} asks for ${'more '.repeat(i % 7)}information`);
    const expected = await encoder.encode(texts);
    const calls = await Promise.all(texts.map((text, i) => encoder.encode([text, texts[(i + 1) % 200]!])));
    calls.forEach(([first, second], i) => {
      expect(first).toEqual(expected[i]);
      expect(second).toEqual(expected[(i + 1) % 200]);
    });
  });

  it('answers an empty call at once', async () => {
    expect(await encoder.encode([])).toEqual([]);
  });

  it('refuses what waits and what comes once it is closed, and closes twice', async () => {
    const other = await load();
    const waiting = other.encode(Array.from({ length: 100 }, () => 'never to be read'));
    await Promise.all([expect(waiting).rejects.toBeInstanceOf(EncoderClosed), other.close(), other.close()]);
    await expect(other.encode(['late'])).rejects.toBeInstanceOf(EncoderClosed);
  });
});
