import { ALL_EVENTS, asyncApiDocument, defineEvent, Field, text, versionsOf, type DomainEvent } from '#leadwire/contracts';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';

class Told {
  @Field(text({ max: 20 })) name: string;
}
class ToldInTwo {
  @Field(text({ max: 10 })) first: string;
  @Field(text({ max: 10 })) last: string;
}
const told = defineEvent('leads', 'lead', 'told', { summary: 'Told.', payload: Told, deprecated: 'version 2' });
const toldInTwo = defineEvent('leads', 'lead', 'told', {
  summary: 'Told.',
  version: 2,
  payload: ToldInTwo,
  urgent: true,
  supersedes: { event: told, upcast: ({ name }: Told) => ({ first: name, last: '' }) },
});

/** What the official parser says of a document: the document it read, and every remark. */
async function parse(document: object) {
  const { document: read, diagnostics } = await new Parser().parse(JSON.stringify(document));
  return { read, remarks: diagnostics.map(({ message, path }) => `${path.join('.')}: ${message}`) };
}

describe('the AsyncAPI document, read by the official parser', () => {
  it('is AsyncAPI 3 without a remark, and holds every version of every event', async () => {
    const { read, remarks } = await parse(asyncApiDocument(ALL_EVENTS));
    expect(remarks).toEqual([]);
    expect(read!.version()).toMatch(/^3\./);
    expect(read!.channels().length).toBe(ALL_EVENTS.length);
    expect(read!.operations().length).toBe(ALL_EVENTS.length);
    expect(read!.components().messages().length).toBe(ALL_EVENTS.flatMap(versionsOf).length);
  });

  it('holds old and new version as two messages of one channel', async () => {
    const { read, remarks } = await parse(asyncApiDocument([toldInTwo]));
    expect(remarks).toEqual([]);
    const messages = read!.channels().get('leads.lead.told')!.messages().all();
    expect(messages.map((message) => message.id())).toEqual(['leads.lead.told.v2', 'leads.lead.told.v1']);
    expect(messages.map((message) => Object.keys(message.payload()!.properties()!))).toEqual([['first', 'last'], ['name']]);
    expect(messages.map((message) => message.tags().all().map((tag) => tag.name()))).toEqual([['urgent'], ['deprecated']]);
    expect(messages[1]!.description()).toBe('Told. Deprecated: version 2');
  });

  it.each<[string, (document: any) => void]>([
    ['a channel that nobody declared', (document) => void (document.operations['send-leads.lead.told'].channel.$ref = '#/channels/nowhere')],
    ['an action that does not exist', (document) => void (document.operations['send-leads.lead.told'].action = 'shout')],
    ['a payload that is no schema', (document) => void (document.components.schemas.Told.type = 'sentence')],
    ['no title', (document) => void delete document.info.title],
  ])('is refused with %s', async (_, spoil) => {
    const document = structuredClone(asyncApiDocument([told as DomainEvent<any>]));
    spoil(document);
    const { read, remarks } = await parse(document);
    expect(remarks).not.toEqual([]);
    expect(read).toBeUndefined();
  });
});
