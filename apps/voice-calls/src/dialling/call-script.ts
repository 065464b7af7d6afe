import { speakLine, type Callee } from '../agents/opening-line.js';

/** What of an agent is said in a call. */
export interface ScriptedAgent {
  openingLine: string;
  talkingPoints: string[];
  language: string;
}

const MAX_LINES = 4;
// Twilio takes TwiML of at most 4,000 characters with the order of a call.
const MAX_TWIML = 4_000;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * The TwiML of a call: both sides are transcribed to `transcriptionUrl`, the opening line is said, then the talking
 * points in order, at most four lines in all, and as much of them as Twilio takes.
 */
export function callScript(agent: ScriptedAgent, callee: Callee, transcriptionUrl: string): string {
  const language = spokenLanguage(agent.language);
  const head =
    `<Response><Start><Transcription statusCallbackUrl="${escapeXml(transcriptionUrl)}" track="both_tracks" ` +
    `languageCode="${escapeXml(language)}"/></Start>`;
  const tail = '</Response>';
  let room = MAX_TWIML - head.length - tail.length;
  const says = linesOf(agent, callee).map((line) => {
    const say = sayWithin(line, language, room);
    room -= say.length;
    return say;
  });
  return head + says.join('') + tail;
}

/** Text as it stands in XML, in an element or a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(NOT_IN_XML, '').replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

function linesOf({ openingLine, talkingPoints }: ScriptedAgent, callee: Callee): string[] {
  return [speakLine(openingLine, callee), ...talkingPoints].filter((line) => line.trim()).slice(0, MAX_LINES);
}

function sayWithin(line: string, language: string, room: number): string {
  const open = `<Say language="${escapeXml(language)}">`;
  const close = '</Say>';
  const words = line.trim().split(/\s+/);
  for (let kept = words.length; kept > 0; kept--) {
    const say = open + escapeXml(words.slice(0, kept).join(' ')) + close;
    if (say.length <= room) return say;
  }
  return '';
}

/** `en` → `en-US`: carriers want a region, and get the language's likeliest. */
function spokenLanguage(tag: string): string {
  try {
    const { language, region } = new Intl.Locale(tag).maximize();
    return region ? `${language}-${region}` : language;
  } catch {
    return 'en-US';
  }
}
