import { putUpload, UploadDiffers, type Bus, type UploadMeta } from '#leadwire/bus';
import { pathParameters, takesQuery, type HttpFace, type Operation } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import type { FastifyRequest } from 'fastify';
import { pipeline } from 'node:stream';
import { limitBytes } from './limit-bytes.js';
import { DEFAULT_MAX_BYTES, parseJson, readBody, tooLarge } from './read-body.js';
import { readQuery } from './read-query.js';

/** Where an uploaded body goes, and as whose. */
export interface UploadTarget {
  readonly bus: Bus;
  readonly owner: UploadMeta;
}

/** The input of an operation, put together from path, query and body as its contract says. */
export async function readInput(operation: Operation, http: HttpFace, request: FastifyRequest, target: UploadTarget): Promise<object> {
  const params = request.params as Record<string, string>;
  const query = request.query as Record<string, string | string[]>;
  const { maxBytes = DEFAULT_MAX_BYTES } = http;
  if (!takesQuery(http) && Object.keys(query).length > 0) throw unexpected(Object.keys(query), 'is not taken as a query parameter');
  switch (http.body) {
    case 'raw':
      return { ...params, ...(await rawBody(http, request, maxBytes)) };
    case 'upload':
      return { ...readQuery(operation.input, query), ...params, upload: await upload(request, target, maxBytes) };
    default:
      return { ...(await fields(operation, http, request, query, maxBytes)), ...params };
  }
}

async function fields(operation: Operation, http: HttpFace, request: FastifyRequest, query: Record<string, string | string[]>, maxBytes: number) {
  const body = parseJson(await readBody(request.raw, maxBytes), request.headers['content-type']);
  const given = takesQuery(http) ? { ...readQuery(operation.input, query), ...body } : body;
  const doubled = pathParameters(http.path).filter((name) => name in given);
  if (doubled.length > 0) throw unexpected(doubled, 'is part of the path');
  return given;
}

async function rawBody(http: HttpFace, request: FastifyRequest, maxBytes: number) {
  const body = await readBody(request.raw, maxBytes);
  const headers = (http.headers ?? []).map((name) => [name, String(request.headers[name] ?? '')]);
  return {
    rawBody: body.toString('base64'),
    headers: Object.fromEntries(headers),
    requestUrl: `${request.protocol}://${request.host}${request.url}`,
  };
}

async function upload(request: FastifyRequest, { bus, owner }: UploadTarget, maxBytes: number) {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const limited = limitBytes(maxBytes);
  // pipeline, not pipe: a client that goes away must end the upload, not leave it waiting.
  pipeline(request.raw, limited, () => undefined);
  try {
    return await putUpload(bus, limited, owner);
  } catch (error) {
    // The same Idempotency-Key with another file.
    throw error instanceof UploadDiffers ? Problems.idempotencyConflict() : error;
  }
}

function unexpected(names: string[], message: string) {
  return Problems.invalid({ errors: names.map((field) => ({ field, message })) });
}
