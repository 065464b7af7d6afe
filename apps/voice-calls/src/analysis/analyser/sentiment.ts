import vader from 'vader-sentiment';
import type { Sentiment } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';

// What the lexicon gets wrong on the phone: courtesy and fillers are no praise, "no problem" is no complaint.
const COURTESY: [RegExp, string][] = [
  [/\bnot that (i am|we are) not interested\b/g, 'interested'],
  [/\bno (problem|worries)\b|\bnot bad\b/g, 'fine'],
  [/\b(no|thanks?( you)?|please|yeah|yes|yep|ok(ay)?|hello|hi|sorry|sure|well|like|wrong (number|person)|help|want)\b/g, ' '],
];
// Phrases of the trade that carry a mood which no single word of them has.
const MOODS: [RegExp, number][] = [
  [/\b(stop|quit) (calling|bothering|harassing)|take me off|remove me|do not (ever )?call|how did you get (my|this) number/, -0.6],
  [/\bnot interested|no interest|waste of (my )?time|leave me alone|scam|fed up|sick of/, -0.45],
  [/\btoo (expensive|much|pricey)|rip ?off|can not afford|outrageous|way over/, -0.3],
  [/\b(sounds|that would be|would be|that is) (really |very |pretty )?(good|great|perfect|interesting|wonderful|lovely)/, 0.3],
  [/\b(very|really|quite|definitely|pretty) (interested|keen|curious)|works for me|looking forward|glad you called|just what/, 0.4],
];

export function sentimentOf(lines: SpokenLine[]): { sentiment: Sentiment; score: number } {
  const scores = lines.filter((line) => line.byCustomer).map((line) => moodOf(line.plain));
  const score = weightedMean(scores.filter((mood) => mood !== 0));
  return { sentiment: score > 0.15 ? 'positive' : score < -0.15 ? 'negative' : 'neutral', score };
}

function moodOf(plain: string): number {
  const said = COURTESY.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), plain);
  const trade = MOODS.filter(([pattern]) => pattern.test(said)).reduce((sum, [, mood]) => sum + mood, 0);
  const words = vader.SentimentIntensityAnalyzer.polarity_scores(said).compound;
  return Math.max(-1, Math.min(1, words * 0.6 + trade));
}

/** How a call ends tells more than how it began: the last line that shows a mood counts twice the first. */
function weightedMean(scores: number[]): number {
  const weights = scores.map((_, at) => 1 + at / Math.max(1, scores.length - 1));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const mean = scores.reduce((all, score, at) => all + score * weights[at]!, 0) / (sum || 1);
  return Math.round(mean * 100) / 100;
}
