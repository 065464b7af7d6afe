/** One kind of refusal, declared once: what clients may rely on (RFC 9457). */
export interface ProblemType {
  /** Stable, kebab-case, prefixed by who refuses: `leads.lead-not-found`. */
  readonly code: string;
  /** HTTP status the gateway answers with. */
  readonly status: number;
  /** What happened, the same for every occurrence. */
  readonly title: string;
  /** What the caller can do about it. */
  readonly advice: string;
}

/** One field that was wrong, by its path in the input. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** What one occurrence adds to its type; only what the caller may see. */
export interface ProblemDetails {
  detail?: string;
  errors?: FieldProblem[];
  /** Extra members of the problem document (RFC 9457 §3.2), e.g. `shortfall`. */
  extra?: Record<string, unknown>;
}

/** An expected refusal. It crosses the bus and becomes a problem document at the gateway. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly type: ProblemType,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ?? type.title);
  }

  get code(): string {
    return this.type.code;
  }
}

/** Declares a kind of refusal; call the result to make one to throw. */
export function defineProblem(code: string, status: number, title: string, advice: string) {
  const type: ProblemType = { code, status, title, advice };
  return Object.assign((details?: ProblemDetails) => new Problem(type, details), { type });
}

/** What `defineProblem` answers: a factory that carries its type. */
export type ProblemFactory = ReturnType<typeof defineProblem>;

/** The refusals that any operation may answer with. */
export const Problems = {
  invalid: defineProblem('request.invalid', 400, 'The request is not valid.', 'Correct the named fields and send it again.'),
  malformed: defineProblem('request.malformed', 400, 'The request body could not be read.', 'Send well-formed JSON with content-type application/json.'),
  cursor: defineProblem('request.bad-cursor', 400, 'The cursor is not one that this list gave out.', 'Start again without a cursor.'),
  unauthenticated: defineProblem('auth.unauthenticated', 401, 'The request carries no valid credentials.', 'Send a current access token or API key as "Authorization: Bearer …".'),
  forbidden: defineProblem('auth.forbidden', 403, 'The credentials do not allow this operation.', 'Ask an owner of the tenant for the missing capability.'),
  notFound: defineProblem('resource.not-found', 404, 'There is no such resource.', 'Check the id; it may belong to another tenant or never have existed.'),
  routeNotFound: defineProblem('route.not-found', 404, 'There is no such route.', 'See /docs for every route.'),
  conflict: defineProblem('resource.conflict', 409, 'The resource is not in a state that allows this.', 'Read the resource again and decide anew.'),
  idempotencyConflict: defineProblem('idempotency.conflict', 409, 'This Idempotency-Key was used with another request.', 'Use a new key for a new request.'),
  idempotencyNotKept: defineProblem('idempotency.answer-not-kept', 409, 'This request was done before, and its answer held a secret that is shown only once.', 'Use a new Idempotency-Key to make another.'),
  tooLarge: defineProblem('request.too-large', 413, 'The request body is larger than this operation takes.', 'Send less, or use the upload operations for files.'),
  mediaType: defineProblem('request.media-type', 415, 'The content-type of the body is not one that this operation takes.', 'Send the content-type that /docs names.'),
  rateLimited: defineProblem('request.rate-limited', 429, 'Too many requests.', 'Wait as long as Retry-After says.'),
  internal: defineProblem('internal', 500, 'Something went wrong on our side.', 'Try again; if it stays, report the requestId.'),
  unavailable: defineProblem('service.unavailable', 503, 'A part of the platform does not answer.', 'Try again in a few seconds, with the same Idempotency-Key.'),
  timeout: defineProblem('service.timeout', 504, 'A part of the platform did not answer in time.', 'Try again with the same Idempotency-Key.'),
} as const;
