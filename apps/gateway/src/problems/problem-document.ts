import { Problem, Problems } from '#leadwire/kernel';
import type { FastifyReply } from 'fastify';

/** The RFC 9457 document of a refusal. */
export function problemDocument(problem: Problem, requestId: string): Record<string, unknown> {
  const { code, status, title, advice } = problem.type;
  const { detail, errors, extra } = problem.details;
  return {
    type: `/problems/${code}`,
    title,
    status,
    code,
    advice,
    requestId,
    ...(detail && { detail }),
    ...(errors && { errors }),
    ...extra,
  };
}

/** Answers with a problem; what is not one becomes `internal`, and its text stays here. */
export function sendProblem(reply: FastifyReply, error: unknown, requestId: string): FastifyReply {
  const problem = error instanceof Problem ? error : Problems.internal();
  const retryAfter = problem.details.extra?.['retryAfter'];
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter));
  if (problem.type.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problem.type.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemDocument(problem, requestId)));
}
