import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../declare/field.js';
import { pathParameters } from '../declare/operation.js';
import { SERVICES } from '../declare/service-name.js';
import { openApiDocument } from '../documents/openapi.js';
import { CAPABILITIES } from '../identity/capabilities.js';
import { ALL_OPERATIONS } from '../registry.js';
import { backboneOperations } from './backbone.operations.js';

const operations = SERVICES.flatMap((service) => Object.values(backboneOperations(service)));
const repeated = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i);

describe('the operations on the backbone', () => {
  it('are the same for every service, each reached at a place of its own', () => {
    expect(operations.length).toBe(SERVICES.length * 10);
    expect(repeated(operations.map(({ id }) => id))).toEqual([]);
    const others = ALL_OPERATIONS.filter(({ id }) => !operations.some((each) => each.id === id));
    const places = [...operations, ...others].flatMap(({ http }) => (http ? [`${http.method} ${http.path.replace(/:\w+/g, ':')}`] : []));
    expect(repeated(places)).toEqual([]);
  });

  it('make a valid OpenAPI document', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApiDocument(operations)));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('take platform:operate, the status apart', () => {
    const taken = new Set(operations.filter(({ name }) => name !== 'backbone-status').map(({ access }) => access));
    expect([...taken]).toEqual(['platform:operate']);
    expect(CAPABILITIES).toContain('platform:operate');
    expect(new Set(operations.filter(({ name }) => name === 'backbone-status').map(({ access }) => access))).toEqual(new Set(['platform:view']));
  });

  it('take their path parameters as required fields', () => {
    const missing = operations.flatMap(({ id, http, input }) => {
      const required = fieldsOf(input).filter((field) => !field.optional).map(({ name }) => name);
      return pathParameters(http!.path).filter((name) => !required.includes(name)).map((name) => `${id}: ${name}`);
    });
    expect(missing).toEqual([]);
  });
});
