import { describe, expect, it } from 'vitest';
import { OfflineAnalyser } from './offline-analyser.js';
import type { SentenceEncoder } from './sentence-encoder.port.js';
import { linesOf, sampleContext } from './transcript-samples.js';

/** Words hashed into a vector: near means sharing words. Enough to see what the analyser does with nearness. */
class SharedWords implements SentenceEncoder {
  calls: string[][] = [];

  async encode(texts: string[]): Promise<Float32Array[]> {
    this.calls.push(texts);
    return texts.map((text) => {
      const vector = new Float32Array(4_096);
      for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
        vector[[...word].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 4_096, 7)]! += 1;
      }
      const length = Math.hypot(...vector) || 1;
      return vector.map((value) => value / length);
    });
  }
}

const read = (talk: string, encoder: SentenceEncoder) =>
  new OfflineAnalyser(encoder).analyse(linesOf(talk), sampleContext);

describe('the nearest prototype', () => {
  it('hears what no rule hears, and names the line', async () => {
    const talk = 'B: How about it?\nC: Right.\nC: That is well beyond what we can spend.';
    const found = await read(talk, new SharedWords());
    expect(found).toMatchObject({ disposition: 'price_objection', dispositionEvidence: { line: 2 } });
    expect((await new OfflineAnalyser().analyse(linesOf(talk), sampleContext)).disposition).toBe('undecided');
  });

  it('says nothing of what lies near to nothing', async () => {
    expect((await read('C: Zebras graze at dusk.', new SharedWords())).disposition).toBe('undecided');
  });

  it('is not asked where a rule has heard, nor where nobody spoke', async () => {
    const encoder = new SharedWords();
    expect((await read('C: Stop calling me.', encoder)).disposition).toBe('do_not_call');
    expect((await read('C: Hello?', encoder)).disposition).toBe('no_conversation');
    expect(encoder.calls).toEqual([]);
  });

  it('encodes its examples once, and again after a failure', async () => {
    const encoder = new SharedWords();
    const analyser = new OfflineAnalyser({
      encode: (texts) => (encoder.calls.length === 0 ? (encoder.calls.push([]), Promise.reject(new Error('down'))) : encoder.encode(texts)),
    });
    const lines = linesOf('C: Zebras graze at dusk.');
    await expect(analyser.analyse(lines, sampleContext)).rejects.toThrow('down');
    await analyser.analyse(lines, sampleContext);
    await analyser.analyse(lines, sampleContext);
    expect(encoder.calls.filter((texts) => texts.length > 1)).toHaveLength(1);
  });
});
