import type { Found } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';

const WHEN =
  /\b((?:in|within|over) (?:the )?(?:next )?(?:a |an |about |around )?(?:couple of |few |\w+ to )?(?:\w+ )?(?:days?|weeks?|months?|years?)|(?:by|before|until|around|in|not before|after) (?:the )?(?:(?:end|start|beginning|middle) of )?(?:the )?(?:(?:this|next) )?(?:week|month|quarter|year|summer|spring|autumn|fall|winter|christmas|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december)|(?:this|next) (?:week|month|quarter|year|summer|spring|autumn|fall|winter)|as soon as possible|asap|right away|immediately|straight away)\b/;
const PLAN =
  /\b(start|begin|move|moving|buy|buying|purchase|decide|decision|looking|need|want|install\w*|done|ready|switch|plan\w*|hoping|launch|sign|go live|project|up and running|contract|lease|renew\w*|expires?|runs? out|budget)\b/;

/** When they mean to act, in their words. When to call back is the appointment's matter. */
export function timelineIn(lines: SpokenLine[]): Found<string> | undefined {
  for (const line of lines.toReversed()) {
    if (!line.byCustomer) continue;
    const said = line.clauses.find((clause) => PLAN.test(clause) && WHEN.test(clause) && !/\b(call|ring|phone) (me|us|back)\b/.test(clause));
    if (said) return { value: WHEN.exec(said)![1]!, evidence: line.evidence };
  }
  return undefined;
}
