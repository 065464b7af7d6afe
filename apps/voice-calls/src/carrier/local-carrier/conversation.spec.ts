import { describe, expect, it } from 'vitest';
import { outcomeOf } from './call-outcome.js';
import { personas } from './callee-personas.js';
import { converse } from './conversation.js';
import { readTwiml } from './twiml-script.js';

const numbers = Array.from({ length: 4000 }, (_, n) => `+1212555${String(n).padStart(4, '0')}`);
const script = readTwiml(
  '<Response><Say>One.</Say><Say>Two.</Say><Say>Three.</Say><Say>Four.</Say><Say>Five.</Say></Response>',
)!;
const talks = numbers.map((to) => converse('seed', to, 'human', script));
const linesOf = (turns: (typeof talks)[number]['turns']) =>
  turns.filter((turn) => turn.speaker !== 'silence');

describe('outcomes', () => {
  it('fall in the shares of life, and the same for the same seed', () => {
    const share = (wanted: string) =>
      numbers.filter((to) => outcomeOf('seed', to) === wanted).length / numbers.length;
    const expected = {
      human: 0.55,
      voicemail: 0.15,
      'no-answer': 0.14,
      busy: 0.1,
      rejected: 0.03,
      failed: 0.03,
    };
    for (const [outcome, part] of Object.entries(expected))
      expect(Math.abs(share(outcome) - part)).toBeLessThan(0.03);
    expect(numbers.map((to) => outcomeOf('seed', to))).not.toEqual(
      numbers.map((to) => outcomeOf('other', to)),
    );
  });
});

describe('conversations', () => {
  it('repeat with the same seed and number, and differ with another', () => {
    expect(converse('seed', numbers[0]!, 'human', script)).toEqual(talks[0]);
    expect(numbers.map((to) => converse('other', to, 'human', script))).not.toEqual(talks);
  });

  it('meet every persona of the corpus, at least fourteen', () => {
    expect(personas.length).toBeGreaterThanOrEqual(14);
    expect(new Set(talks.map(({ persona }) => persona))).toEqual(new Set(personas.map(({ name }) => name)));
  });

  it('leave no slot unfilled and speak about 150 words a minute', () => {
    for (const turn of talks.flatMap(({ turns }) => linesOf(turns))) {
      expect(turn.text).not.toMatch(/[{}]/);
      expect(((turn.text.split(' ').length / (turn.seconds - 0.4)) * 60).toFixed()).toBe('150');
    }
  });

  it('bring the wish for an appointment and the budget even to an agent with one line', () => {
    const short = readTwiml('<Response><Say>Hello.</Say></Response>')!;
    const keen = numbers
      .map((to) => converse('seed', to, 'human', short))
      .find(({ persona }) => persona === 'keen-with-appointment')!;
    const said = linesOf(keen.turns)
      .map(({ text }) => text)
      .join(' ');
    expect(said).toMatch(/next \w+day at [\d:]+ [ap]m/);
    expect(said).toMatch(/\$\d{3},000/);
  });

  it('end when an angry callee hangs up, whatever the agent had left to say', () => {
    const angry = talks.find(({ persona }) => persona === 'angry-do-not-call')!;
    expect(
      linesOf(angry.turns)
        .filter(({ speaker }) => speaker === 'agent')
        .map(({ text }) => text),
    ).toEqual(['One.', 'Two.']);
  });

  it('leave the whole message on a voicemail, which answers nothing', () => {
    const lines = linesOf(converse('seed', numbers[0]!, 'voicemail', script).turns);
    expect(lines.map(({ speaker }) => speaker)).toEqual([
      'callee',
      'agent',
      'agent',
      'agent',
      'agent',
      'agent',
    ]);
  });
});
