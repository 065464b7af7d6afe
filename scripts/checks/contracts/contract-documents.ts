import { ALL_EVENTS, ALL_OPERATIONS, asyncApiDocument, eventSchema, openApiDocument, versionsOf, type DomainEvent } from '#leadwire/contracts';

/** Where the documents stand, from the top of the checkout. */
export const DOCUMENT_FOLDER = 'docs/contracts';

/** Where the schemas of events stand below it. */
export const EVENT_FOLDER = 'events';

/** Documents by their path below the folder, as text. */
export type Documents = ReadonlyMap<string, string>;

/** Every document that comes from the declarations: both overviews, and a schema for each version of each event. */
export function contractDocuments(events = ALL_EVENTS): Documents {
  return new Map([
    ['openapi.json', jsonText(openApiDocument(ALL_OPERATIONS))],
    ['asyncapi.json', jsonText(asyncApiDocument(events))],
    ...events.flatMap(versionsOf).map((event) => [eventFile(event), jsonText(eventSchema(event))] as const),
  ]);
}

/** The file of one version of an event, below the folder of documents. */
export function eventFile({ type, version }: Pick<DomainEvent, 'type' | 'version'>): string {
  return `${EVENT_FOLDER}/${type}.v${version}.schema.json`;
}

function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
