import { Problem, Problems, type ProblemDetails, type ProblemType } from '#leadwire/kernel';

/** A refusal as it crosses the bus. */
export interface WireProblem {
  type: ProblemType;
  details: ProblemDetails;
}

/** What of an error may leave the service: a Problem as it is, anything else as `internal` without its text. */
export function toWireProblem(error: unknown): WireProblem {
  const problem = error instanceof Problem ? error : Problems.internal();
  return { type: problem.type, details: problem.details };
}

/** The error that a reply carries, to be thrown at the caller. */
export function fromWireProblem(wire: WireProblem): Problem {
  return new Problem(wire.type, wire.details);
}
