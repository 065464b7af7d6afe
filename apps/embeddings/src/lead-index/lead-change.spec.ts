import { describe, expect, it } from 'vitest';
import { snapshot } from '../testing/made-up-leads.js';
import { newestChanges, workFor } from './lead-change.js';

const event = (aggregateId: string, sequence: number, notes: string) => ({
  id: `${aggregateId}-${sequence}`, aggregateId, sequence, payload: snapshot({ notes }),
});

describe('changes of leads', () => {
  it('count once a lead: the newest', () => {
    const changes = newestChanges([event('a', 1, 'roof'), event('b', 4, 'boat'), event('a', 3, 'kitchen'), event('a', 2, 'bath')]);
    expect(changes.map(({ eventId, content }) => [eventId, content])).toEqual([['a-3', 'kitchen'], ['b-4', 'boat']]);
  });

  it('hold the place and the line of business, which stand beside the custom fields', () => {
    const payload = snapshot({ industry: 'Roofing', city: 'Leeds', customFields: { industry: 'old', seats: 4 } });
    expect(newestChanges([{ id: 'e', aggregateId: 'a', sequence: 1, payload }])[0]!.content).toBe('Leeds, Roofing. seats: 4');
  });

  it('keep a custom field of that name where the lead itself says nothing', () => {
    const payload = snapshot({ customFields: { city: 'York' } });
    expect(newestChanges([{ id: 'e', aggregateId: 'a', sequence: 1, payload }])[0]!.content).toBe('York');
  });

  it('need an encoder only where the text is another, and nothing where a newer one is known', () => {
    const changes = newestChanges([event('new', 1, 'roof'), event('same', 5, 'boat'), event('other', 5, 'bath'), event('old', 2, 'dog')]);
    const hashOf = (id: string) => changes.find((change) => change.leadId === id)!.contentHash;
    const work = workFor(changes, [
      { leadId: 'same', sequence: 4, contentHash: hashOf('same') },
      { leadId: 'other', sequence: 4, contentHash: hashOf('same') },
      { leadId: 'old', sequence: 2, contentHash: hashOf('same') },
    ]);
    expect(work.changed.map((change) => change.leadId)).toEqual(['new', 'other']);
    expect(work.unchanged.map((change) => change.leadId)).toEqual(['same']);
  });
});
