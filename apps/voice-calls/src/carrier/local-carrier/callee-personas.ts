/** Who may pick up. A beat is what the callee answers to one line of the agent, in one of several wordings. */
export interface CalleePersona {
  name: string;
  /** How often, against the others. */
  weight: number;
  /** True when the callee hangs up after the last beat whatever the agent still had to say. */
  hangsUp: boolean;
  beats: string[][];
}

export const greetings = [
  'Hello?',
  'Hello, {firstName} speaking.',
  'Yes, hello?',
  'Hi, this is {firstName}.',
  'Hello, who is this?',
];

export const voicemailGreetings = [
  "Hi, you've reached {firstName}. I can't come to the phone right now, please leave a message after the tone.",
  'You have reached the voicemail of {firstName}. Please leave your name and number and I will get back to you.',
  'The person you are calling is not available. Please record your message after the tone.',
];

export const acknowledgements = ['Okay.', 'Right.', 'I see.', 'Mm-hm.', 'Sure, go on.', 'All right.'];

export const personas: CalleePersona[] = [
  {
    name: 'keen-with-appointment',
    weight: 16,
    hangsUp: false,
    beats: [
      [
        "Oh great, I was hoping someone would call. Yes, I've got a few minutes.",
        'Perfect timing, I was just looking at your website last night.',
        'Yes, hi! Thanks for getting back to me so quickly.',
      ],
      [
        'Absolutely, I am very interested. Our budget is around {budget}.',
        "Yes, that's exactly what I need. We have about {budget} set aside for this.",
        "I love the sound of it. We're approved up to {budget}, so price should not be a problem.",
      ],
      [
        'Could we meet {day} at {time}?',
        "I'd like to see it in person. Does {day} at {time} work for you?",
        "Let's book an appointment. I am free {day} at {time}.",
      ],
      [
        'Wonderful, thank you so much. See you then!',
        'Great, looking forward to it. Bye!',
        'Perfect, thanks. Talk soon.',
      ],
    ],
  },
  {
    name: 'decision-maker-with-timeline',
    weight: 9,
    hangsUp: false,
    beats: [
      [
        "Yes, I'm the one who decides on this, go ahead.",
        'You have the right person, I sign off on these things myself.',
      ],
      [
        'We want to have this in place by the end of {month}, so we need to move quickly.',
        'Our current contract runs out in {month}. We have to decide before then.',
      ],
      [
        'Send me a proposal. We could go to {budget} if the terms are right.',
        "If you can show me the numbers I'm ready to sign. Can you call me {day} at {time} to walk through it?",
      ],
      ['Good. I appreciate how direct you are. Goodbye.', 'That works for me, thank you.'],
    ],
  },
  {
    name: 'curious-but-later',
    weight: 9,
    hangsUp: false,
    beats: [
      ['I do have a moment, what is this about?', 'Okay, I remember filling in that form.'],
      [
        "It sounds interesting, but we're not looking before {month}.",
        "I like the idea. It's just too early for us, maybe in {month}.",
      ],
      [
        'Could you send me some information and try me again in {month}?',
        'Keep me on your list and check back in {month}, please.',
      ],
      ['Thanks, have a nice day.', 'Okay, bye for now.'],
    ],
  },
  {
    name: 'price-objection',
    weight: 8,
    hangsUp: false,
    beats: [
      ['Sure, but let me ask you straight away, what does it cost?', 'Okay. How much is it?'],
      [
        "Honestly, that's too expensive for us. We can't spend more than {smallBudget}.",
        "That is way over our budget. {smallBudget} would be the most I'd pay.",
      ],
      [
        'If you could do something about the price, I might think about it.',
        "Is there a discount? Otherwise I don't see it happening.",
      ],
      ['Well, let me know if the price changes. Bye.', 'I will have to think about it.'],
    ],
  },
  {
    name: 'already-has-a-provider',
    weight: 7,
    hangsUp: false,
    beats: [
      ['Yes, what can I do for you?', "Go ahead, but I'm in between two meetings."],
      [
        "We already work with {provider}, and we're happy with them.",
        "We signed with {provider} last year, so we're covered.",
      ],
      ["No, I don't see a reason to switch.", "We're locked in until {month} anyway."],
      ['Thanks for the call though. Goodbye.', 'No problem. Bye.'],
    ],
  },
  {
    name: 'not-interested',
    weight: 8,
    hangsUp: true,
    beats: [
      ["I'm sorry, I'm not interested.", "No thanks, we don't need anything like that."],
      ["Really, it's a no. Have a good day.", "As I said, I'm not interested. Goodbye."],
    ],
  },
  {
    name: 'angry-do-not-call',
    weight: 5,
    hangsUp: true,
    beats: [
      [
        'How did you get this number? Stop calling me!',
        "Are you kidding me? This is the third call this week, I'm sick of it.",
      ],
      [
        'Take me off your list and do not call me again!',
        'Remove my number right now. Never call here again or I will report you.',
      ],
    ],
  },
  {
    name: 'wrong-person',
    weight: 5,
    hangsUp: true,
    beats: [
      [
        "You have the wrong number. There's nobody by that name here.",
        "I think you've got the wrong person, I'm {firstName}.",
      ],
      [
        "No, sorry, I don't know who that is. Bye.",
        'I have had this number for years, it must be a mistake.',
      ],
    ],
  },
  {
    name: 'gatekeeper',
    weight: 6,
    hangsUp: false,
    beats: [
      [
        "You've reached the front desk. Who should I say is calling?",
        "This is the assistant. May I ask what it's regarding?",
      ],
      [
        '{otherName} handles that, but is in a meeting all afternoon.',
        "I can't put you through, you would have to talk to {otherName}.",
      ],
      [
        'You can try again {day} after {time}.',
        'The best way is to write to {otherMail}, and {otherName} will see it.',
      ],
      ["You're welcome, goodbye.", "I'll pass it on. Bye."],
    ],
  },
  {
    name: 'gives-new-mail-address',
    weight: 6,
    hangsUp: false,
    beats: [
      [
        'Yes, speaking. I never got anything from you, though.',
        "Hi. I think you've been writing to my old address.",
      ],
      [
        'Please send it to {mail}, the other one is no longer used.',
        'My new e-mail is {mail}. Could you send the details there?',
      ],
      [
        'Once I have read it I will get back to you.',
        "I'd want to look it over with my partner first, but it sounds good.",
      ],
      ['Thanks, bye bye.', 'Great, I will watch for it.'],
    ],
  },
  {
    name: 'asks-for-call-back',
    weight: 7,
    hangsUp: true,
    beats: [
      ["I'm driving right now, this is a bad time.", "I'm in the middle of something, can you be quick?"],
      [
        'Can you call me back {day} at {time}?',
        'Call me again {day} around {time}, then I can talk properly.',
      ],
    ],
  },
  {
    name: 'confused',
    weight: 4,
    hangsUp: false,
    beats: [
      ["Sorry, who is this? I can't hear you very well.", "Wait, are you from the bank? I don't understand."],
      ["I don't remember asking for anything.", 'Hmm, is this about the thing my daughter ordered?'],
      ["I'm not sure what you want from me, to be honest.", 'Could you say that again more slowly?'],
      ['Well, all right then. Goodbye.', "I'd better ask my son about it."],
    ],
  },
  {
    name: 'enthusiastic-referral',
    weight: 4,
    hangsUp: false,
    beats: [
      [
        'Oh, hi! {otherName} told me about you, only good things.',
        'Fantastic, a colleague recommended you to me.',
      ],
      [
        "I'd love to try it. And you should talk to my friend {otherName} as well!",
        'Sign me up! My sister needs this too, by the way.',
      ],
      [
        "Let's meet {day} at {time}, and I'll bring {otherName} along.",
        'You can reach {otherName} at {otherMail}.',
      ],
      ['You made my day. Thank you!', 'This is awesome, thanks a lot!'],
    ],
  },
  {
    name: 'neutral',
    weight: 6,
    hangsUp: false,
    beats: [
      ['Okay, I have a minute.', 'Yes, go ahead.'],
      ['I would need to look at the details.', "We haven't decided anything yet."],
      ['You can send me the information.', 'I will let you know.'],
      ['Okay, bye.', 'Thank you, goodbye.'],
    ],
  },
  {
    name: 'needs-someone-else-to-agree',
    weight: 5,
    hangsUp: false,
    beats: [
      [
        "Yes, hi. I'm glad you called, we talked about it yesterday.",
        'Sure, I have time. It is a big decision for us.',
      ],
      [
        'I like it, but I have to talk to {otherName} before we commit to {budget}.',
        "My business partner {otherName} would have to agree, it's a joint decision.",
      ],
      [
        "Let's speak again {day} at {time}, with both of us on the line.",
        'Give us until {month}, and then we can say yes or no.',
      ],
      ['Thanks for being patient. Bye.', 'Okay, talk to you then.'],
    ],
  },
  {
    name: 'already-bought-elsewhere',
    weight: 4,
    hangsUp: true,
    beats: [
      ["Oh, you're a little late I'm afraid.", "Hi, yes, that was me, but it's settled now."],
      [
        'We went with {provider} two weeks ago.',
        'We have already found something in the meantime, so you can close my file.',
      ],
    ],
  },
];
