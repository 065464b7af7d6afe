import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EncoderOverloaded, EncoderUnavailable } from './encoder.port.js';
import { MiniLmEncoder } from './minilm-encoder.js';
import { MiniLmThread } from './minilm-thread.js';
import { locateMiniLm } from './minilm-weights.js';

describe('MiniLmEncoder', () => {
  let encoder: MiniLmEncoder;
  beforeAll(async () => {
    encoder = await MiniLmEncoder.load({ maxWaiting: 300 });
  });
  afterAll(() => encoder.close());

  it('gives the vector that the model is known to give', async () => {
    const [a, b] = await encoder.encode(['That is a happy person', 'That is a very happy person']);
    // The full-precision model publishes 0.943 for this pair; int8 may differ a little.
    expect(a!.reduce((sum, value, at) => sum + value * b![at]!, 0)).toBeGreaterThan(0.9);
  });

  it('gives the same bits whatever the number of threads', async () => {
    const wide = await MiniLmEncoder.load({ threads: 1, intraOpThreads: 2 });
    try {
      const texts = ['Head of Sales at Alder Roofing', 'wants a battery too '.repeat(30)];
      expect(await wide.encode(texts)).toEqual(await encoder.encode(texts));
    } finally {
      await wide.close();
    }
  });

  it('refuses what does not fit, whole, and serves on', async () => {
    const many = Array.from({ length: 301 }, () => 'too many');
    await expect(encoder.encode(many)).rejects.toBeInstanceOf(EncoderOverloaded);
    expect(await encoder.encode(['one'])).toHaveLength(1);
  });

  it('serves a short call long before a long one that came first', async () => {
    const order: string[] = [];
    const long = encoder.encode(Array.from({ length: 200 }, (_, i) => `text ${i}`)).then(() => order.push('long'));
    const short = encoder.encode(['search query']).then(() => order.push('short'));
    await Promise.all([long, short]);
    expect(order).toEqual(['short', 'long']);
  });

  it('leaves the event loop free while long texts are computed', async () => {
    // A text at the limit takes some 50 ms: computed on this thread, no delay could be shorter.
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await encoder.encode(Array.from({ length: 20 }, () => 'a long text about roofs and batteries '.repeat(60)));
    delay.disable();
    expect(delay.percentile(50) / 1e6).toBeLessThan(25);
  });
});

describe('the weights', () => {
  it('are refused when they differ, with the path and both hashes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weights-'));
    try {
      const weights = join(folder, 'model.onnx');
      await writeFile(weights, 'not a model');
      await expect(MiniLmEncoder.load({ weights })).rejects.toThrow(/model\.onnx are not the expected ones: sha256/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('are named with their path when they are missing', async () => {
    const missing = MiniLmEncoder.load({ weights: '/nowhere/model.onnx' });
    await expect(missing).rejects.toThrow(/cannot be read at \/nowhere\/model\.onnx: run npm ci/);
    await expect(missing).rejects.toBeInstanceOf(EncoderUnavailable);
  });

  it('are loaded by a thread that says why it could not start', async () => {
    const files = { ...locateMiniLm(), tokenizer: '/nowhere/tokenizer.json' };
    await expect(MiniLmThread.start({ files, intraOpThreads: 1 })).rejects.toThrow(/nowhere\/tokenizer\.json/);
  });
});
