import type { Found } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';

const DECIDES =
  /\b(i (make|take) (the|that|those|all the) (decision|call)s?|i decide|it is my (decision|call|company|business)|i am the (owner|founder|boss|ceo|one who decides|decision maker|managing director)|i own (it|the|this|a)|i run the (company|business|place|show)|up to me|my (own )?(company|business|budget))\b/;
const DOES_NOT =
  /\b(not my (decision|call|department|area)|not up to me|(ask|check with|talk (it over )?(to|with)|run (it|this|that) (by|past)|discuss (it |this |that )?with|speak (to|with)) (my|our|the) (\w+ )?(boss|wife|husband|partner|manager|board|team|cfo|ceo|director|spouse|landlord|accountant)|(boss|wife|husband|partner|manager|board|cfo|ceo|director) (decides|makes|handles|has to|needs to)|do not (decide|make (the|that|those) decisions?)|i am (just|only) (the|an?) \w+)\b/;

/** Whether the person called decides; what they said last about it. */
export function decisionMakerIn(lines: SpokenLine[]): Found<boolean> | undefined {
  let found: Found<boolean> | undefined;
  for (const line of lines) {
    if (!line.byCustomer) continue;
    if (DOES_NOT.test(line.plain)) found = { value: false, evidence: line.evidence };
    else if (DECIDES.test(line.plain)) found = { value: true, evidence: line.evidence };
  }
  return found;
}
