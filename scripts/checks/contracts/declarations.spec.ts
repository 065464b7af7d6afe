import {
  ALL_EVENTS,
  ALL_OPERATIONS,
  CAPABILITIES,
  SERVICES,
  asyncApiDocument,
  dtoSchema,
  eventSchema,
  fieldsOf,
  messageName,
  openApiDocument,
  pathParameters,
  versionsOf,
} from '#leadwire/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';

const faces = ALL_OPERATIONS.flatMap((operation) => (operation.http ? [{ operation, http: operation.http }] : []));
const repeated = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i);

describe('the OpenAPI document', () => {
  const document = openApiDocument(ALL_OPERATIONS);

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('is refused by the same validator when it is not', async () => {
    expect((await new Validator().validate({ ...structuredClone(document), info: {} })).valid).toBe(false);
  });

  it('refers only to components it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!);
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((name) => !(name in document['components'].schemas))).toEqual([]);
  });

  it('holds every operation with an HTTP face', () => {
    const ids = Object.values<Record<string, { operationId: string }>>(document['paths']).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(ids.toSorted()).toEqual(faces.map(({ operation }) => operation.id).toSorted());
  });
});

describe('operations', () => {
  it('have an id each', () => {
    expect(ALL_OPERATIONS.length).toBeGreaterThan(0);
    expect(repeated(ALL_OPERATIONS.map(({ id }) => id))).toEqual([]);
  });

  it('answer at a method and path each, whatever the parameters are called', () => {
    expect(repeated(faces.map(({ http }) => `${http.method} ${http.path.replace(/:\w+/g, ':')}`))).toEqual([]);
  });

  it('take every path parameter as a required field of their input', () => {
    const unknown = faces.flatMap(({ operation, http }) => {
      const required = fieldsOf(operation.input).filter((field) => !field.optional).map(({ name }) => name);
      return pathParameters(http.path).filter((name) => !required.includes(name)).map((name) => `${operation.id}: ${name}`);
    });
    expect(unknown).toEqual([]);
  });

  it('only read, and take no body, with GET', () => {
    const wrong = faces.filter(({ operation, http }) => http.method === 'GET' && (operation.effect === 'write' || http.body !== undefined));
    expect(wrong.map(({ operation }) => operation.id)).toEqual([]);
  });

  it('say in a summary what they do', () => {
    expect(ALL_OPERATIONS.filter(({ summary }) => summary.trim().length < 5).map(({ id }) => id)).toEqual([]);
  });

  it('take a capability that a role can have, unless they are public, internal or for whoever is signed in', () => {
    const known: string[] = ['public', 'internal', 'signed-in', ...CAPABILITIES];
    expect(ALL_OPERATIONS.filter(({ access }) => !known.includes(access)).map(({ id, access }) => `${id}: ${access}`)).toEqual([]);
  });

  it('are reached over HTTP unless they are internal, and never when they are', () => {
    const misplaced = ALL_OPERATIONS.filter((operation) => (operation.access === 'internal') === !!operation.http);
    expect(misplaced.map(({ id }) => id)).toEqual([]);
  });
});

describe('events', () => {
  it('have a type each, told by a service of the platform', () => {
    expect(repeated(ALL_EVENTS.map(({ type }) => type))).toEqual([]);
    expect(ALL_EVENTS.filter(({ service }) => !(SERVICES as readonly string[]).includes(service))).toEqual([]);
  });

  it.each(ALL_EVENTS.flatMap(versionsOf))('$type v$version: its schema is valid JSON Schema 2020-12', (event) => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    formats.default(ajv);
    // Ours, a note for the reader: the pattern beside it is what checks.
    ajv.addFormat('decimal', true);
    const validate = ajv.compile(eventSchema(event));
    expect(validate('no object')).toBe(false);
    expect(validate({})).toBe((eventSchema(event).required ?? []).length === 0);
  });

  it('may grow: no schema, nested ones included, is closed to fields added later', () => {
    const schemas = JSON.stringify([ALL_EVENTS.flatMap(versionsOf).map(eventSchema), asyncApiDocument(ALL_EVENTS)]);
    expect(schemas).toContain('"additionalProperties":true');
    expect(schemas).not.toContain('"additionalProperties":false');
  });

  it('stand with their payload in the AsyncAPI document', () => {
    const document = asyncApiDocument(ALL_EVENTS) as any;
    for (const event of ALL_EVENTS.flatMap(versionsOf)) {
      const reference = document.components.messages[messageName(event)].payload.$ref as string;
      expect(reference).toBe(`#/components/schemas/${event.payload.name}`);
      expect(document.components.schemas[event.payload.name].required).toEqual(dtoSchema(event.payload).required);
      expect(document.channels[event.type].address).toBe(`${event.subject}.{version}.{lane}.{slot}`);
      expect(document.channels[event.type].messages).toHaveProperty([messageName(event)]);
      expect(event.summary.length).toBeGreaterThan(4);
    }
  });
});
