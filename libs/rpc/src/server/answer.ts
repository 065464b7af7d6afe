import { RequestHeaders } from '#leadwire/bus';
import { InvalidArgumentError, headers, type Msg } from '@nats-io/transport-node';
import { RpcProblems } from '../rpc-problems.js';
import { toWireProblem } from '../wire-problem.js';

/** How a request ended. */
export type Outcome = 'ok' | 'problem';

/**
 * Answers a request; what is larger than `limit` bytes is answered with `answer.too-large` instead, and what became of
 * it is told. Throws when the connection is closed.
 */
export function respond(message: Msg, outcome: Outcome, body: unknown, limit: number): Outcome {
  const bytes = Buffer.from(JSON.stringify(body ?? null));
  if (bytes.length > limit) return respondTooLarge(message, bytes.length, limit);
  try {
    send(message, outcome, bytes);
    return outcome;
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    return respondTooLarge(message, bytes.length, limit);
  }
}

function respondTooLarge(message: Msg, bytes: number, limit: number): Outcome {
  const detail = `The answer is ${bytes} bytes, a message takes ${limit}.`;
  send(message, 'problem', Buffer.from(JSON.stringify(toWireProblem(RpcProblems.answerTooLarge({ detail })))));
  return 'problem';
}

function send(message: Msg, outcome: Outcome, bytes: Uint8Array): void {
  const head = headers();
  head.set(RequestHeaders.outcome, outcome);
  message.respond(bytes, { headers: head });
}
