import { pick } from './seeded-choice.js';

const firstNames = [
  'Maria',
  'James',
  'Aisha',
  'Tom',
  'Elena',
  'David',
  'Priya',
  'Lukas',
  'Sofia',
  'Marcus',
  'Grace',
  'Omar',
  'Hannah',
  'Diego',
];
const lastNames = [
  'Carter',
  'Nguyen',
  'Lopez',
  'Becker',
  'Okafor',
  'Rossi',
  'Patel',
  'Silva',
  'Larsen',
  'Murphy',
];
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const months = ['January', 'February', 'March', 'April', 'June', 'September', 'October', 'November'];
const hours = ['9 am', '10 am', '10:30 am', '11 am', '1 pm', '2 pm', '2:30 pm', '3 pm', '4 pm', '4:30 pm'];
const providers = [
  'Northgate',
  'a company called Brightline',
  'Harbor and Sons',
  'my cousin',
  'Summit Partners',
  'a local firm',
];
const mailHosts = ['gmail.example', 'outlook.example', 'work.example', 'fastpost.example'];

const dollars = (amount: number) => `$${amount.toLocaleString('en-US')}`;

/** The names, dates and amounts of one call: drawn once, so that a callee does not contradict itself. */
export function drawWords(random: () => number): Record<string, string> {
  const firstName = pick(firstNames, random);
  const otherName = pick(
    firstNames.filter((name) => name !== firstName),
    random,
  );
  const lastName = pick(lastNames, random);
  const host = pick(mailHosts, random);
  const mailOf = (name: string) => `${name}.${lastName}@${host}`.toLowerCase();
  return {
    firstName,
    otherName,
    day: `next ${pick(weekdays, random)}`,
    time: pick(hours, random),
    month: pick(months, random),
    budget: dollars(150_000 + Math.floor(random() * 31) * 25_000),
    smallBudget: dollars(500 + Math.floor(random() * 20) * 250),
    provider: pick(providers, random),
    mail: mailOf(firstName),
    otherMail: mailOf(otherName),
  };
}

export function fill(template: string, words: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, slot: string) => words[slot] ?? whole);
}
