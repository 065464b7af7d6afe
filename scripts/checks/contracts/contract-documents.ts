import { ALL_EVENTS, ALL_OPERATIONS, asyncApiDocument, eventSchema, openApiDocument } from '#leadwire/contracts';

/** Where the documents stand, from the top of the checkout. */
export const DOCUMENT_FOLDER = 'docs/contracts';

/** Documents by their path below the folder, as text. */
export type Documents = ReadonlyMap<string, string>;

/** Every document that comes from the declarations. */
export function contractDocuments(): Documents {
  return new Map([
    ['openapi.json', jsonText(openApiDocument(ALL_OPERATIONS))],
    ['asyncapi.json', jsonText(asyncApiDocument(ALL_EVENTS))],
    ...ALL_EVENTS.map((event) => [eventFile(event.type, event.version), jsonText(eventSchema(event))] as const),
  ]);
}

/** Whether a path is the schema of an event that is still told, in an earlier version: consumers may still meet it. */
export function isEarlierVersion(path: string, events = ALL_EVENTS): boolean {
  return events.some(({ type, version }) => range(1, version).some((earlier) => eventFile(type, earlier) === path));
}

function eventFile(type: string, version: number): string {
  return `events/${type}.v${version}.schema.json`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
