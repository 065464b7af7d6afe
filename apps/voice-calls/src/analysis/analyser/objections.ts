import type { Found, ObjectionKind } from './call-analyser.port.js';
import { cues, straightened } from './disposition-cues.js';
import type { SpokenLine } from './spoken-line.js';

const kinds: [ObjectionKind, RegExp][] = [
  ['price', cues.price_objection],
  ['provider', cues.already_has_provider],
  ['timing', /\b(bad|not a good|not the right|wrong) time|\bnot (right )?now\b|\btoo (busy|soon|early)\b|\bmaybe (later|next)|\bnext year\b|\bnot (until|before)\b|\bno time\b/],
  ['no_need', /\b(do not|does not) (need|want|use) (it|that|this|any|anything|one|another)|\bno need\b|\bnot (looking|in the market)\b|\bwe are (all set|covered)\b/],
  ['trust', /\b(scam|spam|do not (trust|believe)|too good to be true|never heard of you|how did you get|is this (a )?(robot|recording|real)|are you (a )?(robot|real|bot|machine)|the catch|sounds fishy)\b/],
  ['authority', /\b(not my (decision|call|department)|not up to me|(ask|check with|talk (it over )?(to|with)|run (it|this|that) (by|past)) (my|our|the) (\w+ )?(boss|wife|husband|partner|manager|board|cfo|ceo|director))\b/],
];

/** Each kind once, with the line that said it first. */
export function objectionsIn(lines: SpokenLine[]): Found<ObjectionKind>[] {
  return kinds.flatMap(([value, pattern]) => {
    const line = lines.find((candidate) => candidate.byCustomer && pattern.test(straighten(candidate.plain)));
    return line ? [{ value, evidence: line.evidence }] : [];
  });
}

function straighten(text: string): string {
  return straightened.reduce((said, [pattern, words]) => said.replaceAll(pattern, words), text);
}
