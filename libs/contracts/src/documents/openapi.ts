import { Problems, type ProblemFactory } from '#leadwire/kernel';
import { fieldSchema } from '../declare/dto-schema.js';
import { fieldsOf, type FieldSpec } from '../declare/field.js';
import type { JsonSchema } from '../declare/json-schema.js';
import { pathParameters, type HttpFace, type Operation } from '../declare/operation.js';
import { SchemaComponents } from './components.js';

const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem document.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable; program against this.' },
    advice: { type: 'string', description: 'What can be done about it.' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } }, required: ['field', 'message'] },
    },
  },
  required: ['type', 'title', 'status', 'code', 'advice', 'requestId'],
  additionalProperties: true,
};

/** The OpenAPI 3.1 document of the operations that have an HTTP face. */
export function openApiDocument(operations: readonly Operation<any, any>[]): Record<string, any> {
  const components = new SchemaComponents();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    if (!operation.http) continue;
    const path = operation.http.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[operation.http.method.toLowerCase()] = describe(operation, operation.http, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Leadwire', version: '1.0.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' } },
      schemas: { Problem: PROBLEM, ...sorted(components.schemas) },
    },
  };
}

function describe(operation: Operation<any, any>, http: HttpFace, components: SchemaComponents) {
  const inPath = new Set(pathParameters(http.path));
  const fields = fieldsOf(operation.input);
  const inQuery = takesQuery(http) ? fields.filter((field) => !inPath.has(field.name) && !isTransportField(field)) : [];
  const parameters = [
    ...fields.filter((field) => inPath.has(field.name)).map((field) => parameter(field, 'path', components)),
    ...inQuery.map((field) => parameter(field, 'query', components)),
    ...(operation.effect === 'write' ? [IDEMPOTENCY_KEY] : []),
  ];
  const body = requestBody(operation, http, fields.filter((field) => !inPath.has(field.name)), components);
  return {
    operationId: operation.id,
    tags: [operation.service],
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    ...(operation.access === 'public' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: responses(operation, http, components),
    'x-capability': operation.access,
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and request answer the same result, without doing it again.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** Whether an operation's other fields come from the query instead of the body. */
export function takesQuery(http: HttpFace): boolean {
  return http.method === 'GET' || http.method === 'DELETE' || http.body === 'upload';
}

// Fields that the gateway fills from the body itself.
function isTransportField(field: FieldSpec): boolean {
  return field.name === 'upload';
}

function parameter(field: FieldSpec, place: 'path' | 'query', components: SchemaComponents) {
  const { description, ...schema } = fieldSchema(field, components.reference);
  return { name: field.name, in: place, required: place === 'path' || !field.optional, ...(description && { description }), schema };
}

function requestBody(operation: Operation<any, any>, http: HttpFace, fields: FieldSpec[], components: SchemaComponents) {
  if (http.body === 'upload') return { required: true, content: { 'text/csv': { schema: { type: 'string' } } } };
  if (http.body === 'raw') return { required: true, content: { '*/*': { schema: { type: 'string' } } } };
  if (takesQuery(http) || fields.length === 0) return undefined;
  const whole = fields.length === fieldsOf(operation.input).length;
  const schema = whole ? components.reference(operation.input) : partSchema(fields, components);
  return { required: fields.some((field) => !field.optional), content: { 'application/json': { schema } } };
}

function partSchema(fields: FieldSpec[], components: SchemaComponents): JsonSchema {
  const required = fields.filter((field) => !field.optional).map((field) => field.name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, components.reference)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function responses(operation: Operation<any, any>, http: HttpFace, components: SchemaComponents) {
  const { status = 200 } = http;
  const problems = [Problems.invalid, ...(operation.access === 'public' ? [] : [Problems.unauthenticated, Problems.forbidden]), ...(operation.problems ?? [])];
  const byStatus = Object.groupBy(problems as ProblemFactory[], (problem) => problem.type.status);
  return {
    [status]: { description: 'Done.', ...(operation.answer && { content: answerContent(operation, http, components) }) },
    ...Object.fromEntries(Object.entries(byStatus).map(([code, group]) => [code, problemResponse(group!)])),
    default: problemResponse([]),
  };
}

function answerContent(operation: Operation<any, any>, http: HttpFace, components: SchemaComponents) {
  if (http.produces === 'document') return { 'text/*': { schema: { type: 'string' } } };
  return { 'application/json': { schema: components.reference(operation.answer!) } };
}

function problemResponse(problems: ProblemFactory[]) {
  const lines = problems.map(({ type }) => `\`${type.code}\`: ${type.title} ${type.advice}`);
  return {
    description: lines.length > 0 ? lines.join('\n\n') : 'Refused or failed, as a problem document.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
