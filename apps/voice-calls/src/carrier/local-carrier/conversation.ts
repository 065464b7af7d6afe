import type { CallOutcome } from './call-outcome.js';
import { acknowledgements, greetings, personas, voicemailGreetings } from './callee-personas.js';
import { drawWords, fill } from './persona-words.js';
import { pick, pickWeighted, seededStream } from './seeded-choice.js';
import type { TwimlScript } from './twiml-script.js';

export type Turn =
  | { speaker: 'agent' | 'callee'; text: string; seconds: number; confidence: number }
  | { speaker: 'silence'; seconds: number };

export interface Conversation {
  persona: string;
  turns: Turn[];
}

const wordsPerMinute = 150;
const breathSeconds = 0.4;

/** What is said on the line once somebody, or their machine, has picked up. */
export function converse(seed: string, to: string, outcome: CallOutcome, script: TwimlScript): Conversation {
  const random = seededStream(seed, to, 'conversation');
  const words = drawWords(random);
  if (outcome === 'voicemail')
    return leaveMessage(
      script,
      spoken(fill(pick(voicemailGreetings, random), words), 'callee', random),
      random,
    );
  const persona = pickWeighted(personas, random);
  const beats = persona.beats.map((wordings) => fill(pick(wordings, random), words));
  const turns: Turn[] = [spoken(fill(pick(greetings, random), words), 'callee', random)];
  const agentLines = script.steps.filter((step) => 'say' in step).length;
  let line = 0;
  for (const step of script.steps) {
    if ('hangup' in step) break;
    if ('pauseSeconds' in step) turns.push({ speaker: 'silence', seconds: step.pauseSeconds });
    if (!('say' in step)) continue;
    turns.push(spoken(step.say, 'agent', random));
    line += 1;
    // What the callee came to say is said, even to an agent of few words.
    const answers = line === agentLines ? beats.splice(0) : beats.splice(0, 1);
    for (const answer of answers) turns.push(spoken(answer, 'callee', random));
    if (beats.length === 0 && persona.hangsUp) break;
    if (answers.length === 0 && line < agentLines)
      turns.push(spoken(pick(acknowledgements, random), 'callee', random));
  }
  return { persona: persona.name, turns };
}

function leaveMessage(script: TwimlScript, greeting: Turn, random: () => number): Conversation {
  const turns: Turn[] = [greeting, { speaker: 'silence', seconds: 1 }];
  for (const step of script.steps) {
    if ('hangup' in step) break;
    turns.push(
      'say' in step ? spoken(step.say, 'agent', random) : { speaker: 'silence', seconds: step.pauseSeconds },
    );
  }
  return { persona: 'voicemail', turns };
}

function spoken(text: string, speaker: 'agent' | 'callee', random: () => number): Turn {
  const seconds = (text.split(/\s+/).length / wordsPerMinute) * 60 + breathSeconds;
  const floor = speaker === 'agent' ? 0.95 : 0.82;
  return { speaker, text, seconds, confidence: Number((floor + random() * (0.99 - floor)).toFixed(4)) };
}
