import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispositions } from './call-analyser.port.js';
import type { CallAnalysis, TranscriptLine } from './call-analyser.port.js';
import { OfflineAnalyser } from './offline-analyser.js';
import { linesOf, sampleContext, samples } from './transcript-samples.js';
import type { Sample } from './transcript-samples.js';
import { oblique, unseen } from './unseen-samples.js';

const analyser = new OfflineAnalyser();
const read = (talk: string) => analyser.analyse(linesOf(talk), sampleContext);

const right = {
  disposition: (sample: Sample, found: CallAnalysis) => found.disposition === sample.disposition,
  sentiment: (sample: Sample, found: CallAnalysis) => found.sentiment === sample.sentiment,
  startsAt: (sample: Sample, found: CallAnalysis) => (found.extraction.appointment.startsAt ?? null) === sample.startsAt,
};
const sets = { known: samples, unseen, oblique };
// What is reached, less one call: a rule that breaks another shows.
const floors = [
  ['known', 'disposition', 0.98],
  ['known', 'sentiment', 0.87],
  ['known', 'startsAt', 0.96],
  ['unseen', 'disposition', 0.6],
  ['unseen', 'startsAt', 0.87],
  ['oblique', 'disposition', 0.16],
] as const;

describe('the offline analyser on calls as people hold them', () => {
  it.each(floors)('on %s calls hears the %s in at least %d', async (set, what, floor) => {
    const asked = sets[set].filter((sample) => sample[what] !== undefined);
    const answers = await Promise.all(asked.map(async (sample) => ({ sample, found: await read(sample.talk) })));
    const wrong = answers.filter(({ sample, found }) => !right[what](sample, found));
    console.log(`${set} calls, ${what}: ${asked.length - wrong.length} of ${asked.length} right`);
    for (const { sample, found } of wrong) {
      const got = { ...found, ...found.extraction.appointment };
      console.log(`  expected ${sample[what]}, heard ${got[what]} (${found.sentimentScore})\n${sample.talk}`);
    }
    expect(1 - wrong.length / asked.length).toBeGreaterThanOrEqual(floor);
  });
});

describe('what it does not understand', () => {
  it('is left undecided rather than guessed at: of all calls, at most one is decided wrongly', async () => {
    const all = [...samples, ...unseen, ...oblique];
    const answers = await Promise.all(all.map(async (sample) => ({ sample, found: await read(sample.talk) })));
    const wrong = answers.filter(
      ({ sample, found }) => found.disposition !== sample.disposition && found.disposition !== 'undecided',
    );
    console.log(`decided wrongly: ${wrong.length} of ${all.length}`);
    expect(wrong.length).toBeLessThanOrEqual(1);
  });
});

describe('any transcript', () => {
  const line = fc.record({
    speaker: fc.constantFrom('bot', 'customer', 'agent') as fc.Arbitrary<TranscriptLine['speaker']>,
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            'not', 'interested', 'call', 'me', 'monday', 'at', 'half', 'thirty', 'first', 'the', 'million', '$', '9', 'dot', 'com', 'double',
            'quarter to', 'next', 'talk to', 'a couple of', '31st', 'february', '25:99', 'zero', 'one', 'i am', ',', '.', 'no', 'thousand', '+1',
          ),
          { maxLength: 30 },
        )
        .map((words) => words.join(' ')),
    ),
    offsetMs: fc.nat(),
    confidence: fc.oneof(fc.double({ min: 0, max: 1 }), fc.constant(Number.NaN)),
  });

  it('is read without a crash, within the ranges promised, and the same way twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (transcript) => {
        const found = await analyser.analyse(transcript, sampleContext);
        expect(dispositions).toContain(found.disposition);
        expect(Math.abs(found.scoreDelta)).toBeLessThanOrEqual(30);
        expect(Math.abs(found.sentimentScore)).toBeLessThanOrEqual(1);
        expect(found.summary.length).toBeLessThan(1_500);
        const { startsAt } = found.extraction.appointment;
        if (startsAt) expect(Date.parse(startsAt)).toBeGreaterThan(sampleContext.callStartedAt.getTime());
        expect(await analyser.analyse(transcript, sampleContext)).toEqual(found);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('of nothing is no conversation', async () => {
    expect(await analyser.analyse([], sampleContext)).toMatchObject({ disposition: 'no_conversation', scoreDelta: 0 });
  });

  it('of 10,000 lines takes bounded time and still hears how it ended', async () => {
    const talk = Array.from({ length: 9_999 }, (_, at) => `C: well, on Monday the ${at % 28}th at ten I talked to Maria about 5 thousand things`);
    const started = performance.now();
    const found = await read([...talk, 'C: Stop calling me.'].join('\n'));
    expect(found.disposition).toBe('do_not_call');
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('with hostile lines takes bounded time', async () => {
    const hostile = ['a '.repeat(50_000), '9 '.repeat(50_000), 'half a '.repeat(20_000), 'dot dash '.repeat(20_000), 'twenty '.repeat(20_000), 'call '.repeat(20_000)];
    const started = performance.now();
    await read(hostile.map((text) => `C: ${text}`).join('\n'));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
