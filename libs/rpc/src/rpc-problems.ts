import { defineProblem } from '#leadwire/kernel';

/** The refusals of the way between two services; see the README for who answers which, and when. */
export const RpcProblems = {
  /** The context is missing, forged, expired, or its issuer may not say what it says. */
  contextRefused: defineProblem('auth.context-refused', 401, 'The context of the request was refused.', 'Send the request again; if it stays, the keys or the clocks of the services disagree.'),
  /** The breaker to a service is open; `retryAfter` says in how many seconds to try again. */
  circuitOpen: defineProblem('service.circuit-open', 503, 'A part of the platform did not answer of late and is left alone for a moment.', 'Wait as long as Retry-After says, then send it again with the same Idempotency-Key.'),
  /** The caller gave the call up; nobody reads this but logs and the caller's own code. */
  cancelled: defineProblem('call.cancelled', 499, 'The caller gave up.', 'Nothing: the work may or may not have been done; repeat it with the same Idempotency-Key.'),
  /** The answer does not fit into one message. */
  answerTooLarge: defineProblem('answer.too-large', 500, 'The answer is larger than one message.', 'Ask for a smaller page.'),
} as const;
