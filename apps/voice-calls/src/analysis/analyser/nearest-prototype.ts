import type { Disposition } from './call-analyser.port.js';
import type { Signal } from './disposition.js';
import type { SentenceEncoder } from './sentence-encoder.port.js';
import type { SpokenLine } from './spoken-line.js';

/** How people say it without saying it. Outcomes that bind (do not call) are never guessed. */
const prototypes: Partial<Record<Disposition, string[]>> = {
  interested: [
    'We are about to replace ours anyway.', 'That could be useful for us.', 'I have been wondering about exactly that.',
    'Good that you called, we have this problem right now.', 'We are growing and have to buy more of them soon.',
  ],
  not_interested: [
    'I am too old for that.', 'It is too late for that now.', 'We closed the business.', 'That is nothing for people like us.',
    'I cannot see what I would do with it.', 'Not my cup of tea.',
  ],
  already_has_provider: [
    'We have been with the same company for years and have no complaints.', 'Somebody takes care of that for us.',
    'Our supplier has always been good to us.', 'My brother-in-law does that for us.',
  ],
  price_objection: [
    'That is beyond what we can spend.', 'I was hoping for a lower price.', 'We do not have that kind of money.',
    'The others ask for much less.',
  ],
  wrong_person: [
    'You must have dialled the wrong number.', 'I do not know anyone called that.', 'He moved away, I am the new tenant.',
  ],
  gatekeeper: [
    'He is not at the office, who shall I say called?', 'She is not in at the moment.', 'I will let him know that you called.',
  ],
  callback_requested: ['This is not the moment, try another day.', 'I have my hands full right now.', 'Can we do this some other time?'],
  undecided: [
    'I have to think about it.', 'I am not sure yet.', 'Business goes up and down.', 'What is this about?', 'Who is calling?',
    'We live here.', 'Yes, that is right.', 'It is nice weather.', 'I need to discuss it with my family first.',
  ],
};

const NEAR = 0.5;
const MARGIN = 0.06;
const LAST_LINES = 12;

/**
 * For what no rule hears: the outcome whose examples lie nearest to a line of the person called. It must lie near, and
 * nearer than the runner-up by a margin; else nothing is said.
 */
export class NearestPrototype {
  private known: Promise<{ disposition: Disposition; vector: Float32Array }[]> | undefined;

  constructor(private readonly encoder: SentenceEncoder) {}

  async signalIn(lines: SpokenLine[]): Promise<Signal | undefined> {
    const said = lines.map((line, at) => ({ line, at })).filter(({ line }) => line.byCustomer).slice(-LAST_LINES);
    const [known, vectors] = await Promise.all([this.prototypes(), this.encoder.encode(said.map(({ line }) => line.raw))]);
    const guesses = said.map(({ line, at }, index) => ({ line, at, ...nearest(vectors[index]!, known) }));
    const best = guesses
      .filter((guess) => guess.near >= NEAR && guess.margin >= MARGIN && guess.disposition !== 'undecided')
      .toSorted((a, b) => b.near - a.near)[0];
    return best && { disposition: best.disposition, at: best.at, evidence: best.line.evidence };
  }

  private prototypes(): Promise<{ disposition: Disposition; vector: Float32Array }[]> {
    this.known ??= this.encodePrototypes().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async encodePrototypes(): Promise<{ disposition: Disposition; vector: Float32Array }[]> {
    const examples = Object.entries(prototypes).flatMap(([disposition, texts]) =>
      texts.map((text) => ({ disposition: disposition as Disposition, text })),
    );
    const vectors = await this.encoder.encode(examples.map(({ text }) => text));
    return examples.map(({ disposition }, at) => ({ disposition, vector: vectors[at]! }));
  }
}

function nearest(vector: Float32Array, known: { disposition: Disposition; vector: Float32Array }[]) {
  const best = new Map<Disposition, number>();
  for (const { disposition, vector: other } of known) {
    const cosine = other.reduce((sum, value, at) => sum + value * vector[at]!, 0);
    best.set(disposition, Math.max(cosine, best.get(disposition) ?? -1));
  }
  const [first, second] = [...best].toSorted((a, b) => b[1] - a[1]);
  return { disposition: first![0], near: first![1], margin: first![1] - (second?.[1] ?? -1) };
}
