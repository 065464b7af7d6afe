import type { Disposition } from './call-analyser.port.js';

type Spoken = Exclude<Disposition, 'no_conversation' | 'undecided' | 'appointment_requested'>;

/**
 * What is said for each outcome, in words written out ("do not", "i am"). Tested clause by clause, so that
 * "I'm not interested in leasing, but I'd like a quote" holds a no and then a yes.
 */
export const cues: Record<Spoken, RegExp> = {
  do_not_call:
    /\b(stop|quit) (calling|ringing|phoning|bothering|harassing)|\b(do not|never|not to) (ever )?(call|ring|phone|contact) (me|us|here|this number|again|back)(?!.*\b(unless|until|before|till|on (mon|tues|wednes|thurs|fri)day|today|tomorrow|at work|at home|so early|that early)\b)|(take|remove|delete|get) (me|us|my number|this number|my name|our number) (off|from|out)|\bremove (me|us|my number|this number)\b|do not call (list|registry)|\blose (my|this) number|leave (me|us) alone|\bunsubscribe\b|(report|sue) you\b/,
  wrong_person:
    /\bwrong (number|person|guy|company)\b|\b(no one|nobody|no|not anyone) (here )?(by|with|of) that name|\b(does not|do not|no longer|not) (work|works|live|lives|working) here|\bno longer (with|at) (us|the company)|\b(left|has left|quit) (the )?(company|us|last|years|a while)|\bnot (the )?(person|one) you|\byou have (got )?the wrong|\bi am not (him|her|that person)\b|never heard of (him|her|that person)|\bhad (this|the) (number|phone) (for|since)|\bhad it before me|\bused to be (his|her|their) number|\b(do not|never) (know|knew) (any|anyone|anybody|a|who|him|her|that)\b.*\b(is|person|named|called|name|him|her)\b|\b(passed away|is dead|has died)\b|\bmoved (out|away)\b/,
  gatekeeper:
    /\b(take|leave) a message\b(?! after)|\b(just|only) (the )?(receptionist|assistant|secretary|front desk|temp)|\b(he|she|they|mr\.? \w+|ms\.? \w+|mrs\.? \w+) (is|are) (not in|out|in a meeting|not available|away|on another (call|line)|not at (his|her) desk|busy)|\bpass (it|that|the message|your message) (on|along)|\bwho (is|may i say is) calling\b|\bwhat is (this|it) (regarding|in reference to|about)\b.*\b(he|she)\b|\bput you through\b/,
  voicemail:
    /\b(after|at) the (beep|tone)\b|leave (me |us )?(a|your) (message|name)(?!\?).*\b(and|after|i will|we will)\b|\byou have reached (the )?(voice ?mail|mailbox|desk|phone|\w+ \w+)\b|(mailbox|voice ?mail) (is full|of|for)|\b(person|number|party) you (are|have) (calling|called|dialed|trying).*\b(not available|unavailable|can not)|can not (come to|take|answer) (the|my|your) (phone|call)|record your message|forwarded to (an automatic |a )?voice/,
  already_has_provider:
    /\b(already|currently) (have|got|use|using|with|work with|working with|signed|covered|under contract)\b|\b(have|got) (a|an|our own|someone|somebody) (\w+ )?(provider|supplier|vendor|agency|agent|broker|contractor|guy|company|partner|accountant|realtor)\b|\b(happy|satisfied|fine|good) with (our|my|the|what|who)\b|\b(under|in a|locked into|tied to) (a )?contract\b|someone (who|that) does (that|it)|\bdo (that|it) in[- ]house\b|just (signed|switched|renewed)|\b(does|do|doing|handles?|handling|takes? care of|taking care of|looks? after) (it|that|this|those|ours?|all (that|of that)|everything) for (me|us|years|ages|\w+ years)|\bdoing it for\b|\b(locked|tied) in(to)?\b|\b(with|using|use) (another|a different|somebody|someone|some other) (\w+ )?(outfit|firm|company|provider|supplier|agency|else)|\b(cousin|brother|sister|nephew|friend|neighbou?r|son|daughter)\b.*\b(does|doing|handles|runs|takes care)\b/,
  price_objection:
    /\btoo (expensive|pricey|much( money)?|high|rich|dear|steep)\b(?! (work|to do|on|going|noise))|\b(can not|could not|do not think (i|we) can) (afford|justify|pay)|\bout of (my|our) (budget|price range|league)|\bno (budget|money)\b|\bdo not have (the|a|any|that kind of) (budget|money|cash)|\b(way )?over (my|our) budget|\bcheaper (elsewhere|quote|offer|one)|\b(cost|costs|price|prices|rates?) (is|are|seems?|sounds?|looks?) (\w+ )?(high|steep|crazy|ridiculous|insane|a lot)|\bmore than (i|we) (can|want|wanted|planned)|\bthat is a lot (of money)?\b|rip ?off|\bbetter price\b|\bcome down (on|in) price|\b(must be|got to be|are) (joking|kidding|having a laugh)\b|\b(lower|cheaper|less) (than|quote)|\b(grand|thousand|hundred|percent|dollars|euros|pounds) (lower|cheaper|less)|\bcost(s)? a fortune|\brobbery\b|\bsteep\b|\bfor that (price|money|kind of money)|\bnowhere near\b.*\b(budget|that)|\bcharg(e|ing) (half|less)|\bhalf (of )?(that|the price)\b/,
  callback_requested:
    /\b(call|ring|phone|try|reach|contact) (me|us|again|back)( back| again)? ?(later|tomorrow|next|in (a|an|the|two|three|four|five|six|\d)|on|after|when|this (afternoon|evening)|another|some ?time|at|monday|tuesday|wednesday|thursday|friday|then|around|before|until|once)|\b(call|ring|phone|try) (me|us) back\b|\bcall back (later|tomorrow|next|in|on|after|another)|\bgive (me|us) a (call|ring|shout) (back|later|tomorrow|next|in|on|when|after)|\b(another|better|different) time\b|\b(bad|not a good|not the best|terrible) (time|moment)\b|\b(am|is|i am) (driving|in a meeting|in the middle|at work|with a (client|customer|patient)|about to)|\btry (me )?again\b|\bcheck back\b|\b(get|circle) back to me\b|\btalk later\b|do not (call|ring|phone) (me|us)( back| again)? (until|before|till)|\b(catch|get|grab) (me|us|hold of me) (later|tomorrow|next|on|after|when|another|this|at|in|around)\b|\b(swamped|slammed|in a (rush|hurry)|on my way out|just (stepping|heading|walking) (out|in|into))\b/,
  not_interested:
    /\bnot (really |very |at all |that |particularly )?interested\b|\bno interest\b|\bno,? thank(s| you)\b|\b(do not|does not) (need|want|require) (it|that|this|any|anything|one|your|another|to)\b|\bwill pass\b|\bnot for (me|us)\b|\bno need\b|\bnot (looking|in the market|buying|selling|moving)\b|\bwaste of (my |your )?time|\bwasting (my|your) time|\bwe are (good|fine|all set|covered)\b|\bi am (good|all set|fine)(,? thanks?)?$|\bnot (right )?now or ever|\bforget (it|about it)\b|\bnever mind\b|\bnot going to happen\b|\bdecided (against|not to)|\bhang(ing)? up\b|\b(do not|not) (think|sure) (this|it|that) is (really )?(for|something|what)|\bnot something (i|we|for)|\bnot about to\b|\bnothing (to|for us|we need)|\bnot (our|my) (thing|cup)|\brather not\b|\bdo not bother\b|\bno use\b|\bwould not (use|need|want)|\b(do not|does not) (really )?(see|have) (the|a|any) (point|need|use)|\bthanks but no\b/,
  interested:
    /\b(i am|we are|be|very|really|quite|definitely|fairly|pretty|bit|actually|kind of|somewhat) interested\b|^interested\b|\bsounds? (really |very |pretty |quite )?(good|great|interesting|perfect|promising|amazing|nice|lovely)\b|\btell me more\b|\b(send|email|mail|text) (me|us|it|over|that)( over)?\b|\b(would|i) (really )?(love|like) (to|a|some|more|that|the)\b|\b(how much|what) (is|does|would|do|will) (it|that|this|you|the|one)\b.*\b(cost|price|charge|be|run|fee|rate)|\bhow much\b|\bhow (does|would|do|soon|fast|quickly) (it|this|that|you|can)\b|\b(need|looking for|want|been (looking|thinking|meaning)|thinking (about|of)|considering|in the market)\b|\bsign me up\b|\bcount me in\b|\blet us (do it|go|get started|do this)\b|\bgood timing\b|\bglad you called\b|\bkeen\b|\bcurious\b|\bcan you (do|send|give|show|quote)\b|\bdo you (have|offer|do|cover|also)\b|\bgo ahead\b|\ball ears\b|\bi am listening\b|\bplease do\b|\bdoable\b|\bcould (really )?use\b|\bi like (it|that|this|the)\b|\bmakes sense\b|\bwhat (do|would) you( guys)? charge\b|\bwhat are (your|the) (prices|rates|terms)\b/,
};

/** A clause that denies turns a yes into nothing; these are the words that deny. */
export const denies = /\b(not|no|never|nothing|nobody|hardly|without|stop)\b/;

/** Said of a condition, not of now: "I'd be interested if it were free". */
export const conditional = /\b(if it (was|were)|unless|only if|maybe if|would have been)\b/;

/** Double negations that mean their contrary, put right before anything is tested. */
export const straightened: [RegExp, string][] = [
  [/\b(it is )?not (that|like) (i am|we are) not interested( at all)?\b/g, 'i am interested'],
  [/\b(i am|we are) not (saying|saying that) (i am|we are) not interested\b/g, 'i am interested'],
  [/\b(i am|we are) not un-?interested\b/g, 'i am interested'],
  [/\b(i|we) (would|will) not say no\b/g, 'i am interested'],
  [/\bnot (that )?(it is|that is) too expensive\b/g, 'the price is fine'],
  [/\bnot too (expensive|much|bad)\b|\bnot (a )?bad (price|time|idea)\b/g, 'fine'],
  [/\bwhy not\b/g, 'sure'],
  [/\b(no problem|no worries|not a problem|no doubt)\b/g, 'sure'],
  [/\b(can|could) not be (more )?(happier|better|more interested)\b/g, 'very interested'],
  [/\b(do not|does not|did not) (hang up|get me wrong)\b/g, 'listen'],
];
