import type { Evidence, TranscriptLine } from './call-analyser.port.js';

const MAX_LINE = 1_000;
const MAX_LINES = 1_000;

/** A line made ready for the rules: lower case, straight quotes, contractions written out, cut into clauses. */
export interface SpokenLine {
  byCustomer: boolean;
  /** As heard, for names and for evidence. */
  raw: string;
  plain: string;
  clauses: string[];
  confidence: number;
  evidence: Evidence;
}

/** What was said last decides, so of an endless transcript the end is read. */
export function spokenLines(transcript: TranscriptLine[]): SpokenLine[] {
  return transcript
    .map(spokenLine)
    .filter((line) => line.plain !== '')
    .slice(-MAX_LINES);
}

function spokenLine(line: TranscriptLine, index: number): SpokenLine {
  const raw = line.text.slice(0, MAX_LINE).replaceAll(/\s+/g, ' ').trim();
  const plain = plainWords(raw);
  return {
    byCustomer: line.speaker === 'customer',
    raw,
    plain,
    clauses: clausesOf(plain),
    confidence: Number.isFinite(line.confidence) ? Math.min(1, Math.max(0, line.confidence)) : 0,
    evidence: { line: index, offsetMs: line.offsetMs, text: raw },
  };
}

const REWRITES: [RegExp, string][] = [
  [/[’‘`´]/g, "'"],
  [/[“”"]/g, ' '],
  [/\b(can't|cannot|cant)\b/g, 'can not'],
  [/\b(won't|wont)\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|would|could|should|have|has|had)n'?t\b/g, '$1 not'],
  [/\b(i'm|im)\b/g, 'i am'],
  [/\b(that|it|he|she|what|who|where|there|here|when)'s\b/g, '$1 is'],
  [/\bthats\b/g, 'that is'],
  [/\blet's\b/g, 'let us'],
  [/'re\b/g, ' are'],
  [/'ll\b/g, ' will'],
  [/'ve\b/g, ' have'],
  [/'d\b/g, ' would'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/\b(um+|uh+|er+m?|hmm+|you know|i mean)\b,? ?/g, ''],
  [/\s+/g, ' '],
];

function plainWords(text: string): string {
  return REWRITES.reduce((said, [pattern, words]) => said.replaceAll(pattern, words), text.toLowerCase()).trim();
}

/** A full stop ends a clause only before a space: "2.5 million" and "a.b@c.de" stay whole. A comma inside a number too. */
function clausesOf(plain: string): string[] {
  return plain
    .split(/[.!?;]+(?:\s|$)|,(?!\d{3}\b)|\s[-–—]+\s|—|\b(?:but|although|though|however)\b/)
    .map((clause) => clause.trim())
    .filter(Boolean);
}
