import type { Found } from './call-analyser.port.js';
import { personIn, titled } from './person-name.js';
import type { SpokenLine } from './spoken-line.js';

const CUE =
  /\b(?:(?:talk|speak) (?:to|with)|get in touch with|ask for|contact|you(?:'d| would)? (?:want|need|should (?:call|talk to|speak to|try))|try|call|email|reach out to|refer you to|handled by|that(?:'s| is| would be)) ((?:[\p{L}'’-]+[ ,]*){1,8})/giu;
const ROLE =
  /\b(?:my|our|the) ((?:office|sales|facilities|marketing|operations|purchasing|account|it|hr|finance|general) (?:manager|director|lead|team|department)|boss|husband|wife|partner|manager|landlord|owner|cfo|ceo|cto|brother|sister|son|daughter|accountant)\b/i;

/** Someone else to talk to, by name, or by role where no name was said. */
export function referralIn(lines: SpokenLine[]): Found<string> | undefined {
  for (const line of lines.toReversed()) {
    const value = line.byCustomer ? referredTo(line.raw) : undefined;
    if (value) return { value, evidence: line.evidence };
  }
  return undefined;
}

function referredTo(raw: string): string | undefined {
  for (const [, whom] of raw.matchAll(CUE)) {
    const name = personIn(whom!) ?? /^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?/u.exec(whom!)?.[0];
    const value = name ?? ROLE.exec(whom!)?.[1];
    if (value && !/^(me|us|back|i|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/i.test(value)) return titled(value);
  }
  return undefined;
}
