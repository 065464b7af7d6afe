import type { Disposition, Sentiment, TranscriptLine } from './call-analyser.port.js';

export interface Sample {
  talk: string;
  disposition: Disposition;
  sentiment?: Sentiment;
  /** ISO UTC of the time agreed; null: none may be found; absent: not asked here. */
  startsAt?: string | null;
}

/** All of these calls start on Tuesday 10 March 2026 at 10:00 in New York, two days after daylight saving began. */
export const sampleContext = { callStartedAt: new Date('2026-03-10T14:00:00Z'), timeZone: 'America/New_York' };

const speakers = { B: 'bot', C: 'customer', A: 'agent' } as const;

/** "B: Hello\nC: Hi" as lines four seconds apart. */
export function linesOf(talk: string): TranscriptLine[] {
  return talk.trim().split('\n').map((line, at) => ({
    speaker: speakers[line.trim()[0] as keyof typeof speakers],
    text: line.trim().slice(3),
    offsetMs: at * 4_000,
    confidence: 0.9,
  }));
}

const appointments: Sample[] = [
  { talk: `B: Would Tuesday at 2 work for a visit?
C: no, Tuesday doesn't work, Wednesday at 3 then`, disposition: 'appointment_requested', startsAt: '2026-03-11T19:00:00.000Z' },
  { talk: `B: Are you interested in a demo?
C: Yeah sounds great, I'd love to see it.
B: How about Thursday at 11?
C: That works for me.`, disposition: 'appointment_requested', sentiment: 'positive', startsAt: '2026-03-12T15:00:00.000Z' },
  { talk: `B: We could send someone to look at the roof.
C: Sure, can you come by on Friday morning?
B: Of course.
C: Actually no, make it Monday at half past ten.`, disposition: 'appointment_requested', startsAt: '2026-03-16T14:30:00.000Z' },
  { talk: `B: Shall we book a viewing?
C: Um, yeah. Maybe the fourteenth? At noon or so.
B: The 14th at noon, then.
C: Perfect, see you then.`, disposition: 'appointment_requested', startsAt: '2026-03-14T16:00:00.000Z' },
  { talk: `C: Hi, I saw your ad.
B: Great, would you like to meet?
C: It's not that I'm not interested, I'm just swamped this week. Could we meet next week, say Tuesday the 17th at quarter past two?`, disposition: 'appointment_requested', startsAt: '2026-03-17T18:15:00.000Z' },
  { talk: `B: Do you have time tomorrow?
C: Tomorrow's full I'm afraid.
B: And Thursday?
C: Thursday's fine, three pm.`, disposition: 'appointment_requested', startsAt: '2026-03-12T19:00:00.000Z' },
  { talk: `B: Is it about the kitchen?
C: Yes we want to redo the whole thing. When can you come out and take a look?`, disposition: 'appointment_requested', startsAt: null },
  { talk: `B: I can offer Monday at 9 or Monday at 4.
C: Four o'clock on Monday is better.`, disposition: 'appointment_requested', startsAt: '2026-03-16T20:00:00.000Z' },
  { talk: `B: Can I book you in for April?
C: April 2nd at 10 am would be good, I'm off that day.`, disposition: 'appointment_requested', startsAt: '2026-04-02T14:00:00.000Z' },
  { talk: `B: So, Wednesday at 5 pm?
C: Yes please.
B: Lovely.
C: Oh wait, you know what, forget it. We're not interested after all.`, disposition: 'not_interested', startsAt: null },
];

const callbacks: Sample[] = [
  { talk: `B: Do you have a minute?
C: I'm driving right now, call me back in an hour.`, disposition: 'callback_requested', startsAt: '2026-03-10T15:00:00.000Z' },
  { talk: `B: Hello, is this a good time?
C: Not a good time, no. Try me again tomorrow at half past four.`, disposition: 'callback_requested', startsAt: '2026-03-11T20:30:00.000Z' },
  { talk: `B: I am calling about your quote.
C: Look, I'm in a meeting. Give me a call Thursday afternoon.`, disposition: 'callback_requested', startsAt: '2026-03-12T18:00:00.000Z' },
  { talk: `B: When may I ring again?
C: don't call me back before Monday, please. Monday at eleven is ok.`, disposition: 'callback_requested', startsAt: '2026-03-16T15:00:00.000Z' },
  { talk: `B: Hi there!
C: Can you call me later? I've got a client here.`, disposition: 'callback_requested', startsAt: null },
  { talk: `B: Shall we go through it?
C: It's a bit too expensive for us this quarter to be honest, but call me back in two weeks when the new budget is in.`, disposition: 'callback_requested' },
];

const yes: Sample[] = [
  { talk: `B: We install solar panels.
C: Oh nice. How much does it cost for a house like mine?
B: That depends on the roof.
C: Our budget is around twenty five thousand dollars. Send me something, it's jane dot doe at example dot com.`, disposition: 'interested' },
  { talk: `B: Is this something you would look at?
C: Not that I'm not interested, I'd just like to see it in writing first. Can you email me the details?`, disposition: 'interested', startsAt: null },
  { talk: `B: Would you like to hear more?
C: Yeah, tell me more.`, disposition: 'interested' },
  { talk: `B: Are you still looking for an office?
C: We are, actually. We need about 40 desks by September and I'm really keen to get moving.`, disposition: 'interested', sentiment: 'positive', startsAt: null },
  { talk: `C: I wouldn't say no to a better rate.
B: Great, shall I send an offer?
C: Please do.`, disposition: 'interested' },
  { talk: `B: Are you with another provider?
C: We used to be, but they were terrible. So yes, I'm very interested.`, disposition: 'interested' },
];

const no: Sample[] = [
  { talk: `B: Would you be interested in a short demo?
C: No thanks, we're not interested.`, disposition: 'not_interested', sentiment: 'negative' },
  { talk: `B: Are you interested?
C: No.`, disposition: 'not_interested', startsAt: null },
  { talk: `B: We could save you money.
C: Sounds good, but honestly we don't need it. I'll pass.`, disposition: 'not_interested' },
  { talk: `B: Can I tell you about our offer?
C: This is a waste of my time. Goodbye.`, disposition: 'not_interested', sentiment: 'negative' },
  { talk: `B: May I ask about your insurance?
C: We already have a broker and we're happy with them, thanks.`, disposition: 'already_has_provider' },
  { talk: `B: Who does your cleaning?
C: We do that in house. Not looking for anyone.`, disposition: 'already_has_provider' },
  { talk: `B: It is 900 a month.
C: That's way too expensive. I can't justify that.`, disposition: 'price_objection', sentiment: 'negative' },
  { talk: `B: The package is five thousand dollars.
C: Hmm sounds good but that's a lot of money. I don't have the budget for that.`, disposition: 'price_objection', startsAt: null },
  { talk: `B: Shall I follow up?
C: Don't call me back unless you've got a better price.`, disposition: 'price_objection' },
  { talk: `B: Our contracts run for a year.
C: We just signed with somebody else on Monday. Contract runs until next March.`, disposition: 'already_has_provider', startsAt: null },
];

const others: Sample[] = [
  { talk: `B: Hello, this is Ava from Alder.
C: Stop calling me! Take me off your list.`, disposition: 'do_not_call', sentiment: 'negative', startsAt: null },
  { talk: `B: Just a quick question.
C: How did you get this number? Never call here again or I'll report you.`, disposition: 'do_not_call', sentiment: 'negative' },
  { talk: `B: Am I speaking with Peter?
C: You've got the wrong number, there's no one here by that name.`, disposition: 'wrong_person' },
  { talk: `B: Is Linda there?
C: Linda doesn't work here any more. You'd want Robert Miller now.`, disposition: 'wrong_person' },
  { talk: `B: May I speak to Dr. Chen?
C: She's in a meeting. Can I take a message?`, disposition: 'gatekeeper' },
  { talk: `B: Hello, is that the owner?
C: No I'm just the receptionist. I can pass it on.`, disposition: 'gatekeeper' },
  { talk: `C: Hi, you've reached Tom Baker. I can't come to the phone right now, please leave a message after the beep.
B: Hello Tom, I will try again.`, disposition: 'voicemail', startsAt: null },
  { talk: `C: The person you are calling is not available. At the tone, please record your message.`, disposition: 'voicemail' },
  { talk: `B: Hello?
B: Are you there?`, disposition: 'no_conversation', sentiment: 'neutral', startsAt: null },
  { talk: `B: Good morning!
C: Hello?
C: Hello?`, disposition: 'no_conversation' },
  { talk: `B: So what do you think?
C: I'd have to talk to my wife about it. I don't know yet.`, disposition: 'undecided', startsAt: null },
  { talk: `B: How is business?
C: Oh, up and down. We moved here on Monday.`, disposition: 'undecided', startsAt: null },
];

// These were missed for the greater part when first heard: the rules were widened with them.
const harder: Sample[] = [
  { talk: `B: Do you rent or own?
C: I own the place. What would a new boiler set me back, roughly?
B: Between three and five thousand.
C: Okay, that's doable. Could somebody come and have a look on Saturday around ten?`, disposition: 'appointment_requested', startsAt: '2026-03-14T14:00:00.000Z' },
  { talk: `B: Could we speak on Friday at 1?
C: Friday's a nightmare. Any chance of Thursday, same time?`, disposition: 'appointment_requested', startsAt: '2026-03-12T17:00:00.000Z' },
  { talk: `B: I have Wednesday at 9 or Thursday at 3.
C: The second one.`, disposition: 'appointment_requested', startsAt: '2026-03-12T19:00:00.000Z' },
  { talk: `B: Is now ok?
C: I'm picking up the kids, ring me this evening at seven.`, disposition: 'callback_requested', startsAt: '2026-03-10T23:00:00.000Z' },
  { talk: `B: Hello!
C: Listen I'm swamped. Catch me next week some time.`, disposition: 'callback_requested', startsAt: null },
  { talk: `B: Our team builds websites.
C: Huh. We've actually been meaning to do something about ours. What do you guys charge?`, disposition: 'interested', startsAt: null },
  { talk: `B: Shall I send you the brochure?
C: Yeah go ahead, it's bob at kestrel dot io. No promises though.`, disposition: 'interested' },
  { talk: `B: Do you want to lower your energy bill?
C: Who doesn't! What's the catch?
B: There is none.
C: All right, I'm all ears.`, disposition: 'interested' },
  { talk: `B: Would you consider switching?
C: Nah, we're good.`, disposition: 'not_interested' },
  { talk: `B: It takes five minutes.
C: I don't think this is for us. Thank you for calling though.`, disposition: 'not_interested' },
  { talk: `B: We sell fleet cards.
C: We sold all the vans last year, so there's nothing to fuel. Bye.`, disposition: 'not_interested' },
  { talk: `B: Who handles your payroll?
C: My cousin's firm has been doing it for ten years and I'm not about to change that.`, disposition: 'already_has_provider' },
  { talk: `B: We offer managed IT.
C: We're locked into a three year contract with another outfit.`, disposition: 'already_has_provider', startsAt: null },
  { talk: `B: The starter plan is 400 a month.
C: Four hundred a month? You must be joking. I'd pay a hundred, tops.`, disposition: 'price_objection' },
  { talk: `B: Did you see our quote?
C: I did, and the other guys came in two grand lower.`, disposition: 'price_objection' },
  { talk: `B: Hi again.
C: I've told you people three times. Do not call this number any more.`, disposition: 'do_not_call', sentiment: 'negative' },
  { talk: `B: Is this Mr. Hall?
C: No, I've had this number for a month, I think he had it before me.`, disposition: 'wrong_person' },
  { talk: `B: May I speak to the manager?
C: He's out until Thursday. Want me to tell him you called?`, disposition: 'gatekeeper' },
  { talk: `C: Thanks for calling Juniper Realty. Our office is closed. Please leave your name and number and we'll get back to you.`, disposition: 'voicemail', startsAt: null },
  { talk: `B: What do you think?
C: Let me sleep on it.`, disposition: 'undecided', startsAt: null },
];

export const samples: Sample[] = [...appointments, ...callbacks, ...yes, ...no, ...others, ...harder];
