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

/** Unseen too, and said without saying it: rules hear few of these, and must not mishear the others. */
export const oblique: Sample[] = [
  { talk: `B: We rent out forklifts.
C: Ha, ours broke down yesterday. We'll have to get a replacement.`, disposition: 'interested' },
  { talk: `B: We train sales teams.
C: My people could certainly do with some of that.`, disposition: 'interested' },
  { talk: `B: It pays back in three years.
C: Three years? Okay, now you have my attention.`, disposition: 'interested' },
  { talk: `B: We list homes for sale.
C: We've talked about selling, my husband and me, probably before summer.`, disposition: 'interested' },
  { talk: `B: We fit new kitchens.
C: I live in a hotel, my friend.`, disposition: 'not_interested' },
  { talk: `B: Would this help your firm?
C: I honestly couldn't care less.`, disposition: 'not_interested' },
  { talk: `B: We do hearing aids.
C: My ears work just fine.`, disposition: 'not_interested' },
  { talk: `B: Can I send the catalogue?
C: Save your paper.`, disposition: 'not_interested' },
  { talk: `B: Who does your taxes?
C: There's a lady in town who's done mine forever, I wouldn't leave her.`, disposition: 'already_has_provider' },
  { talk: `B: We maintain lifts.
C: The manufacturer services ours, it's part of the deal.`, disposition: 'already_has_provider' },
  { talk: `B: It's 80 a seat.
C: Eighty! For eighty I'd expect champagne.`, disposition: 'price_objection' },
  { talk: `B: So what do you say?
C: If you knock off a third we can talk. As it stands I can't make the numbers work.`, disposition: 'price_objection' },
  { talk: `B: Hello Mr. Singh?
C: There's no Singh living at this address.`, disposition: 'wrong_person' },
  { talk: `B: Is that the bakery?
C: No, this is a private household.`, disposition: 'wrong_person' },
  { talk: `B: May I speak with Ms. Ortiz?
C: She stepped out for lunch. I'll tell her you rang.`, disposition: 'gatekeeper' },
  { talk: `B: Is the director available?
C: I handle his calendar, he doesn't take sales calls. Send an email to the office.`, disposition: 'gatekeeper' },
  { talk: `B: Have you got a moment?
C: The baby's screaming, can this wait?`, disposition: 'callback_requested' },
  { talk: `B: It is about your application.
C: I'm boarding a plane, tomorrow please.`, disposition: 'callback_requested' },
  { talk: `B: What do you think?
C: Hard to say.`, disposition: 'undecided' },
  { talk: `B: Do you have a garden?
C: A small one, yes, at the back.`, disposition: 'undecided' },
  { talk: `B: So, is that clear?
C: I think I'd have to read about it a bit more.`, disposition: 'undecided' },
  { talk: `B: How many people work there?
C: About a dozen, most of them part time.`, disposition: 'undecided' },
  { talk: `B: Hello again!
C: I'm on the do not call registry, you know that?`, disposition: 'do_not_call' },
  { talk: `B: We have a free slot next Friday at 2.
C: Let me check. Yep, I can do that.`, disposition: 'appointment_requested' },
];
