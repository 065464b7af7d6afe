import type { ProblemFactory } from '#leadwire/kernel';
import type { DtoClass } from './field-types.js';
import type { ServiceName } from './service-name.js';

/** What one may do; a role or an API key is a set of these. */
export type Capability = `${string}:${string}`;

/**
 * Who may call: `public` without credentials (the handler verifies a signature or a password itself), `internal` only
 * services of the platform over the bus, `signed-in` any verified caller, or the capability it takes.
 */
export type Access = 'public' | 'internal' | 'signed-in' | Capability;

/** How an operation looks from outside. */
export interface HttpFace {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/leads/:leadId`; every parameter is a field of the input. */
  readonly path: string;
  /** Status of success; 200 unless told. */
  readonly status?: 200 | 201 | 202 | 204;
  /**
   * What the body is. `json` (default): fields of the input. `raw`: handed on untouched as `rawBody` (base64) with the
   * `headers` named, for webhooks whose signature covers the bytes. `upload`: streamed into the object store; the input
   * gets its reference as `upload`.
   */
  readonly body?: 'json' | 'raw' | 'upload';
  /** Request headers handed on as `headers` when the body is raw; lower case. */
  readonly headers?: readonly string[];
  /** `json` (default), or `document`: the answer is a TextDocument and is sent as its content type. */
  readonly produces?: 'json' | 'document';
  /** Largest body in bytes; 1 MiB unless told. */
  readonly maxBytes?: number;
}

/** What a service declares of an operation. */
export interface OperationSpec<I extends object, O extends object | void> {
  readonly summary: string;
  readonly description?: string;
  readonly input: DtoClass<I>;
  /** The answer's DTO; left out when there is none. */
  readonly answer?: O extends object ? DtoClass<O> : undefined;
  readonly access: Access;
  /** `write` operations take an Idempotency-Key. */
  readonly effect: 'read' | 'write';
  /** Not part of the gateway when left out. */
  readonly http?: HttpFace;
  /** Refusals beyond those that every operation may answer with. */
  readonly problems?: readonly ProblemFactory[];
  /** The answer holds a secret shown once: it is not kept for a repeated Idempotency-Key. */
  readonly secretAnswer?: boolean;
  /** Milliseconds a caller waits at most; 10,000 unless told. */
  readonly deadlineMs?: number;
  /** Units it takes from a caller's rate limit; 1 unless told. */
  readonly cost?: number;
}

/** An operation: one declaration from which route, subject, client and documents come. */
export interface Operation<I extends object = object, O extends object | void = object | void>
  extends OperationSpec<I, O> {
  readonly service: ServiceName;
  readonly name: string;
  /** `leads.move-lead`: unique in the platform, the OpenAPI operationId. */
  readonly id: string;
  /** `rpc.leads.move-lead`: where the service listens on the bus. */
  readonly subject: string;
}

/** Declares an operation of a service. */
export function defineOperation<I extends object, O extends object | void = void>(
  service: ServiceName,
  name: string,
  spec: OperationSpec<I, O>,
): Operation<I, O> {
  return { ...spec, service, name, id: `${service}.${name}`, subject: `rpc.${service}.${name}` };
}

/** The names of the path's parameters, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
}

/** The input type of an operation. */
export type InputOf<Op> = Op extends Operation<infer I, infer _> ? I : never;
/** The answer type of an operation. */
export type AnswerOf<Op> = Op extends Operation<infer _, infer O> ? O : never;
