import { setImmediate as breathe } from 'node:timers/promises';
import { agreedTime } from './appointment.js';
import type { AgreedTime } from './appointment.js';
import { budgetIn } from './budget.js';
import type {
  Appointment,
  CallAnalyser,
  CallAnalysis,
  CallContext,
  Disposition,
  Extraction,
  TranscriptLine,
} from './call-analyser.port.js';
import { decisionMakerIn } from './decision-maker.js';
import { decide, signalsIn } from './disposition.js';
import { emailIn } from './email.js';
import { leadCategory, scoreDelta } from './lead-category.js';
import { objectionsIn } from './objections.js';
import { NearestPrototype } from './nearest-prototype.js';
import { nameIn } from './person-name.js';
import { phoneIn } from './phone.js';
import { referralIn } from './referral.js';
import type { SentenceEncoder } from './sentence-encoder.port.js';
import { sentimentOf } from './sentiment.js';
import { spokenLines } from './spoken-line.js';
import type { SpokenLine } from './spoken-line.js';
import { summaryOf } from './summary.js';
import { timelineIn } from './timeline.js';

/** Reads the transcript by rules, in this process, in English. It invents nothing: what it finds, a line says. */
export class OfflineAnalyser implements CallAnalyser {
  private readonly prototypes: NearestPrototype | undefined;

  /** With an encoder it also hears what is only implied, where no rule hears anything. */
  constructor(encoder?: SentenceEncoder) {
    this.prototypes = encoder && new NearestPrototype(encoder);
  }

  async analyse(transcript: TranscriptLine[], context: CallContext): Promise<CallAnalysis> {
    const lines = spokenLines(transcript);
    await breathe();
    const agreed = agreedTime(lines, context);
    await breathe();
    const ruled = decide(signalsIn(lines), agreed, lines);
    const silent = !heard(lines);
    const decided = ruled ?? (silent ? undefined : await this.prototypes?.signalIn(lines));
    const disposition = decided?.disposition ?? (silent ? 'no_conversation' : 'undecided');
    await breathe();
    const extraction = extract(lines, keptAppointment(agreed, disposition), context);
    await breathe();
    const { sentiment, score } = sentimentOf(lines);
    const delta = scoreDelta(disposition, sentiment, extraction);
    return {
      summary: summaryOf(disposition, sentiment, extraction, context),
      sentiment,
      sentimentScore: score,
      disposition,
      ...(decided && { dispositionEvidence: decided.evidence }),
      leadCategory: leadCategory(disposition, delta),
      scoreDelta: delta,
      extraction,
    };
  }
}

function extract(lines: SpokenLine[], appointment: Appointment, context: CallContext): Extraction {
  const found = {
    name: nameIn(lines),
    email: emailIn(lines),
    phone: phoneIn(lines, context.country),
    budget: budgetIn(lines),
    timeline: timelineIn(lines),
    decisionMaker: decisionMakerIn(lines),
    referral: referralIn(lines),
  };
  const said = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  return { ...said, appointment, objections: objectionsIn(lines) };
}

/** A time agreed and then taken back by the end of the call is no appointment. */
function keptAppointment({ appointment }: AgreedTime, disposition: Disposition): Appointment {
  const stands = disposition === 'appointment_requested' || disposition === 'callback_requested';
  return stands && appointment.wished ? appointment : { wished: false, confidence: 0 };
}

/** "Hello? … Hello?" is a call, but no conversation. */
function heard(lines: SpokenLine[]): boolean {
  return lines.some((line) => line.byCustomer && !/^(hello|hi|hey|yes|yeah|who is (this|it)|speaking|[\s.,!?])+$/.test(line.plain));
}
