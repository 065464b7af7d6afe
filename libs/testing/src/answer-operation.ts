import { RequestHeaders, type Bus } from '#leadwire/bus';
import type { AnswerOf, InputOf, Operation } from '#leadwire/contracts';
import { Problem } from '#leadwire/kernel';
import { toWireProblem } from '#leadwire/rpc';
import { headers, type Msg, type Subscription } from '@nats-io/transport-node';

/**
 * Answers an operation in the place of the service that owns it, on the real bus and in the real wire form; a Problem
 * thrown is told as one. Resolves when the server knows of it; drain the subscription to fall silent.
 */
export async function answerOperation<Op extends Operation<any, any>>(
  bus: Bus,
  operation: Op,
  answer: (input: InputOf<Op>, tenantId: string) => AnswerOf<Op>,
): Promise<Subscription> {
  const subscription = bus.connection.subscribe(bus.subject(operation.subject), {
    callback: (_error, message) => respond(message, () => answer(message.json<InputOf<Op>>(), tenantOf(message))),
  });
  await bus.connection.flush();
  return subscription;
}

function respond(message: Msg, answer: () => unknown): void {
  const head = headers();
  try {
    const body = JSON.stringify(answer());
    head.set(RequestHeaders.outcome, 'ok');
    message.respond(body, { headers: head });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    head.set(RequestHeaders.outcome, 'problem');
    message.respond(JSON.stringify(toWireProblem(error)), { headers: head });
  }
}

// The signed context is a JWT; whoever answers in earnest verifies it first.
function tenantOf(message: Msg): string {
  const context = message.headers!.get(RequestHeaders.context);
  const claims = JSON.parse(Buffer.from(context.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
  return String(claims.tid);
}
