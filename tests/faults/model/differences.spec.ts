import { describe, expect, it } from 'vitest';
import { differences } from './differences.js';
import type { Listener, Observed, OutboxEvent } from './observed.js';

const LISTENERS: Listener[] = [
  { name: 'all', types: ['leads.journey.stepped'], givesUp: false },
  { name: 'choosy', types: ['leads.journey.stepped'], givesUp: true },
];

const event = (n: number, more: Partial<OutboxEvent> = {}): OutboxEvent => ({
  position: n, id: `e${n}`, tenantId: 't', type: 'leads.journey.stepped', aggregateId: 'a', sequence: n, mark: `m${n}`, urgent: n === 3, published: true, ...more,
});
const effects = (consumer: string, ids: string[]) => ids.map((eventId) => ({ consumer, eventId }));
const onLane = (lane: string, ids: string[]) => ids.map((eventId) => ({ lane, eventId }));

/** Three events of one aggregate, the third urgent, the second one that `choosy` can never handle. */
const SOUND: Observed = {
  facts: [1, 2, 3].map((n) => ({ tenantId: 't', type: 'leads.journey.stepped', aggregateId: 'a', mark: `m${n}`, n, poison: n === 2 })),
  events: [event(1), event(2), event(3)],
  effects: [...effects('all', ['e1', 'e2', 'e3']), ...effects('choosy', ['e1', 'e3'])],
  deadLetters: [{ consumer: 'choosy', eventId: 'e2' }],
  stream: [...onLane('express', ['e1', 'e2', 'e3']), ...onLane('main', ['e1', 'e2', 'e3'])],
  durables: [{ name: 'd', pending: 0, unacknowledged: 0 }],
  parked: 0,
};

const CASES: [what: string, seen: Partial<Observed>, says: RegExp][] = [
  ['a fact without its event', { facts: [...SOUND.facts, { ...SOUND.facts[0]!, mark: 'm4', n: 4 }] }, /fact m4 committed without its event/],
  ['an event without its fact', { facts: SOUND.facts.slice(1) }, /event m1 committed without its fact/],
  ['an event that nobody published', { events: [event(1), event(2), event(3, { published: false })] }, /left over: event m3/],
  ['a gap in the numbers', { events: [event(1), event(2), event(3, { sequence: 4 })] }, /sequence: m3 .* has number 4, not 3/],
  ['positions against the order', { events: [event(1, { position: 9 }), event(2), event(3)] }, /order: m2 .* before its predecessor/],
  ['numbers against what the writer counted', { facts: SOUND.facts.map((fact) => ({ ...fact, n: 4 - fact.n })) }, /order: m1 .* was written as number 3 and told as 1/],
  ['an event published twice', { stream: [...SOUND.stream, ...onLane('main', ['e1'])] }, /stream: main holds event m1 twice/],
  ['an event that never came to the stream', { stream: onLane('express', ['e1', 'e2', 'e3']).concat(onLane('main', ['e1', 'e2'])) }, /stream: event m3 was never published/],
  ['an urgent event that was not sent ahead', { stream: onLane('main', ['e1', 'e2', 'e3']) }, /urgent event m3 was never published ahead/],
  ['disorder on the stream', { stream: onLane('express', ['e1', 'e2', 'e3']).concat(onLane('main', ['e2', 'e1', 'e3'])) }, /on main event m2 is number 2 after 0/],
  ['what never committed on the stream', { stream: [...SOUND.stream, ...onLane('main', ['ghost'])] }, /ghost, which never committed/],
  ['a lost effect', { effects: SOUND.effects.slice(1) }, /effects of all: m1 is missing/],
  ['an effect had twice', { effects: [...SOUND.effects, ...effects('all', ['e3'])] }, /effects of all: m3 happened 2 times/],
  ['effects out of order', { effects: [...effects('all', ['e2', 'e1', 'e3']), ...effects('choosy', ['e1', 'e3'])] }, /order: all handled m1, number 1 .* after number 2/],
  ['an effect of what cannot be handled', { effects: [...SOUND.effects, ...effects('choosy', ['e2'])] }, /effects of choosy: m2 should not be there/],
  ['a dead letter that should not be', { deadLetters: [...SOUND.deadLetters, { consumer: 'all', eventId: 'e1' }] }, /dead letters of all: m1 should not be there/],
  ['a dead letter that is missing', { deadLetters: [] }, /dead letters of choosy: m2 is missing/],
  ['a delivery in hand', { durables: [{ name: 'd', pending: 0, unacknowledged: 2 }] }, /left over: durable d/],
  ['an event that is still parked', { parked: 1 }, /left over: 1 events are parked/],
];

describe('the model', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(differences(SOUND, LISTENERS)).toEqual([]);
  });

  it.each(CASES)('sees %s', (_, seen, says) => {
    expect(differences({ ...SOUND, ...seen }, LISTENERS).join('\n')).toMatch(says);
  });
});
