import { DateTime } from 'luxon';
import type { Appointment, CallContext } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';
import { timeMentions } from './time-mentions.js';
import type { TimeMention } from './time-mentions.js';

export interface AgreedTime {
  appointment: Appointment;
  /** A call at that time rather than a meeting. */
  byPhone: boolean;
  /** Its place among the lines read; −1 when nothing was agreed. */
  at: number;
}

type Plan = TimeMention & { line: SpokenLine; at: number };

const REFUSED =
  /\b(not work|not good|no good|does not|is not|can not|not (on )?(mon|tues|wednes|thurs|fri|satur|sun)day|not (today|tomorrow|possible|available|free)|rather than|instead of|busy|booked|full|nightmare|impossible|tricky|no go|tied up|away|out of (the )?(office|town)|on (holiday|vacation)|too (early|late|soon)|bad|unless)\b/;
const NOT_ABOUT_MEETING =
  /\b(contract|lease|expires?|renew\w*|runs? out|ends? (in|on)|since|bought|installed|started|start|move|moving|deadline|fiscal|last (week|month|year|monday|tuesday|wednesday|thursday|friday)|years? old|ago|already (called|spoke|told|talked)|called (me|us)|you called|budget|open(ed)? (from|until|at)|every (day|week|month)|per (day|week|month)|a (day|week|month)|decide|decision)\b/;
const WISH =
  /\b(call|ring|phone|try|reach|meet|meeting|appointment|book|schedule|demo|visit|come|(have|take) a look|any chance|(could|can|would) (you|someone|somebody|we|he|she|they)|stop by|see (you|me|it)|set (it|something|that) up|pencil|works|work for|free|available|suits|let us (say|do|talk)|how about|what about|make it|talk (then|again|on|at|next|tomorrow)|speak (then|again|on|at|next|tomorrow)|put me down|would be (good|better|fine|great|ok)|is (good|better|fine|great|ok|perfect))\b/;
const AGREED =
  /^(yes|yeah|yep|yup|sure|ok(ay)?|perfect|great|fine|good|deal|right|correct|exactly|absolutely|definitely|alright|all right|that|sounds|works)\b(?!.*\b(not|unless)\b)|\b(works for me|that works|sounds good|let us do (it|that)|see you then|talk (to you )?then|suits me|is (fine|good|perfect|ok))\b/;
const BY_PHONE = /\b(call|ring|phone|try|reach) (me|us|back|again|him|her)\b|\bcall back\b|\bcallback\b|\bgive (me|us) a (call|ring|shout)\b/;
const MEETING = /\b(meet|(?<!\bin a )meeting|appointment|demo|visit|come (by|over|round|out)|stop by|book|schedule|viewing|show me|site survey|in person)\b/;

/**
 * Follows the talk to the time that stands at its end. A time that the person called refuses is dropped, one that they
 * name replaces the one before, and one that the other side proposes counts once they agree.
 */
export function agreedTime(lines: SpokenLine[], context: CallContext): AgreedTime {
  let offers: Plan[] = [];
  let agreed: Plan | undefined;
  lines.forEach((line, at) => {
    if (!line.byCustomer) {
      const made = offersIn(line, at, context);
      if (made.length > 0) offers = made;
      return;
    }
    const named = fold(line, line.clauses, at, context, agreed ?? offers.at(-1));
    const taken = named ?? (refuses(line) ? undefined : chosen(line, offers));
    if (taken) agreed = { ...taken, line, at };
    else if (refuses(line) && offers.length === 0) agreed = undefined;
    if (taken ?? refuses(line)) offers = [];
  });
  return agreed ? outcome(agreed, lines, context) : noTime(lines);
}

/** "Monday at nine or Thursday at three" is two offers. */
function offersIn(line: SpokenLine, at: number, context: CallContext): Plan[] {
  const parts = line.plain.split(/\bor\b/).map((part) => fold(line, part.split(/[.?!,]/), at, context, undefined));
  return parts.filter((plan) => plan !== undefined);
}

/** A plain yes takes an offer that stands alone; of two, the one that is pointed at. */
function chosen(line: SpokenLine, offers: Plan[]): Plan | undefined {
  if (/\b(the )?(first|former|earlier)( one| slot| time)?\b/.test(line.plain)) return offers[0];
  if (/\b(the )?(second|latter|last|later)( one| slot| time)?\b/.test(line.plain)) return offers.at(-1);
  return offers.length === 1 && AGREED.test(line.plain) ? offers[0] : undefined;
}

/** The time that a line comes to, clause by clause. */
function fold(line: SpokenLine, clauses: string[], at: number, context: CallContext, base: Plan | undefined): Plan | undefined {
  let plan: Plan | undefined;
  const aboutMeeting = WISH.test(line.plain) || base !== undefined || !line.byCustomer;
  for (const clause of clauses) {
    if (!aboutMeeting || NOT_ABOUT_MEETING.test(clause)) continue;
    const mentions = timeMentions(clause, context.callStartedAt, context.timeZone);
    if (line.byCustomer && REFUSED.test(clause)) {
      if (mentions.length > 0) plan = undefined;
      continue;
    }
    for (const mention of mentions) plan = merged(plan ?? base, mention, line, at);
  }
  return plan && isAhead(plan, context) ? plan : undefined;
}

/** A day and an hour said apart belong together; a new day with no word about the hour starts anew. */
function merged(plan: Plan | undefined, mention: TimeMention, line: SpokenLine, at: number): Plan {
  const keepTime = !mention.time && plan?.time && (!plan.day || /\bsame time\b/.test(line.plain));
  const day = mention.day ?? plan?.day;
  const time = mention.time ?? (keepTime ? plan.time : undefined);
  const sameLine = plan?.line === line;
  const exactness = keepTime ? plan.exactness : mention.exactness;
  const phrase = sameLine && (keepTime || !mention.day) ? `${plan.phrase} ${mention.phrase}` : mention.phrase;
  return { ...(day && { day }), ...(time && { time }), exactness, phrase, line, at };
}

function refuses(line: SpokenLine): boolean {
  return /^(no|nope|nah)\b/.test(line.plain) || REFUSED.test(line.plain) || /\b(forget it|never mind|cancel)\b/.test(line.plain);
}

function isAhead(plan: Plan, context: CallContext): boolean {
  const starts = startOf(plan, context);
  return starts ? starts.toMillis() > context.callStartedAt.getTime() : plan.day !== undefined;
}

/** Built on the clock of the zone on that very day: daylight saving may begin between the call and the meeting. */
function startOf(plan: Plan, { callStartedAt, timeZone }: CallContext): DateTime | undefined {
  if (!plan.time) return undefined;
  const now = DateTime.fromJSDate(callStartedAt, { zone: timeZone });
  const starts = (plan.day ? DateTime.fromObject(plan.day, { zone: timeZone }) : now).set({
    hour: plan.time.hour,
    minute: plan.time.minute,
    second: 0,
    millisecond: 0,
  });
  if (!starts.isValid) return undefined;
  return !plan.day && starts <= now ? starts.plus({ days: 1 }) : starts;
}

function outcome(plan: Plan, lines: SpokenLine[], context: CallContext): AgreedTime {
  const startsAt = startOf(plan, context)?.toUTC().toISO() ?? undefined;
  const said = lines.slice(Math.max(0, plan.at - 3), plan.at + 1).map((line) => line.plain).join(' ');
  return {
    appointment: {
      wished: true,
      ...(startsAt && { startsAt }),
      phrase: plan.phrase,
      confidence: Math.round(plan.exactness * plan.line.confidence * 100) / 100,
      evidence: plan.line.evidence,
    },
    byPhone: BY_PHONE.test(said) && !MEETING.test(plan.line.plain),
    at: plan.at,
  };
}

const ASKS_TO_MEET =
  /\b(can|could|would like to|want to|let us|i would|like to|happy to|please|when can) (you )?(we )?(meet|book|schedule|set up|arrange|come (by|over|round|out)|make an appointment|see (a|the) demo|have (a|the) (demo|meeting|look))\b/;

function noTime(lines: SpokenLine[]): AgreedTime {
  const at = lines.findLastIndex(
    (line) => line.byCustomer && line.clauses.some((clause) => ASKS_TO_MEET.test(clause) && !/\bnot\b/.test(clause)),
  );
  if (at < 0) return { appointment: { wished: false, confidence: 0 }, byPhone: false, at };
  const { confidence, evidence } = lines[at]!;
  return { appointment: { wished: true, confidence: Math.round(confidence * 40) / 100, evidence }, byPhone: false, at };
}
