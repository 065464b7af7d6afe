import type { Sample } from './transcript-samples.js';

/** Written after the rules and never used to change them: what they hear here is what they are worth on new calls. */
export const unseen: Sample[] = [
  { talk: `B: We could show you the flat.
C: Yeah I'd like to see it. Is Thursday at six possible?`, disposition: 'appointment_requested', startsAt: '2026-03-12T22:00:00.000Z' },
  { talk: `B: Does Monday or Wednesday suit you?
C: Wednesday I think. Let's say quarter to nine.`, disposition: 'appointment_requested', startsAt: '2026-03-11T12:45:00.000Z' },
  { talk: `B: Would you like a consultation?
C: Okay then. Tomorrow would be fine, any time after two.`, disposition: 'appointment_requested' },
  { talk: `B: Sorry to disturb.
C: I'm at the doctor's. Phone me tomorrow around nine.`, disposition: 'callback_requested', startsAt: '2026-03-11T13:00:00.000Z' },
  { talk: `B: Do you have a second?
C: Not now, sorry. Maybe try next Monday?`, disposition: 'callback_requested' },
  { talk: `B: We help dentists find patients.
C: That's interesting. We've been struggling to fill the schedule since January. How does it work?`, disposition: 'interested', startsAt: null },
  { talk: `B: Shall I mail you a quote?
C: Yes, send it to my work address.`, disposition: 'interested' },
  { talk: `B: We lease electric vans.
C: Funny you should call, we're replacing six of ours this summer.`, disposition: 'interested', startsAt: null },
  { talk: `B: Our service is free for a month.
C: I've heard that one before. No, I don't want it.`, disposition: 'not_interested' },
  { talk: `B: Have you thought about life insurance?
C: I'm eighty four, dear. It's a bit late for that.`, disposition: 'not_interested' },
  { talk: `B: Would you like to try it?
C: I'd rather not, thanks.`, disposition: 'not_interested' },
  { talk: `B: Who is your phone provider?
C: We've been with the same people since 2012 and have no complaints.`, disposition: 'already_has_provider', startsAt: null },
  { talk: `B: We clean windows.
C: We've got a guy for that.`, disposition: 'already_has_provider' },
  { talk: `B: It would be 12,000.
C: I was hoping for something under eight. That's beyond what we can spend.`, disposition: 'price_objection' },
  { talk: `B: Any questions about the offer?
C: Only why it costs so much. It's too dear for me.`, disposition: 'price_objection' },
  { talk: `B: Hello from Alder.
C: Please don't phone me again. I mean it.`, disposition: 'do_not_call' },
  { talk: `B: Is that Susan?
C: Who? No, you must have misdialled.`, disposition: 'wrong_person' },
  { talk: `B: Could I speak to Mr. Baker?
C: Mr. Baker isn't in at the moment. Who shall I say called?`, disposition: 'gatekeeper' },
  { talk: `C: You have reached the voicemail of Priya Shah. Leave a message and I'll call you back.`, disposition: 'voicemail', startsAt: null },
  { talk: `B: So shall we go on?
C: I don't know. I'd have to think it over.`, disposition: 'undecided', startsAt: null },
];
