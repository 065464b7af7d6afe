import type { FastifyReply } from 'fastify';

/** Aborts when the client goes away before it has been answered: nobody needs the work any more. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // `close` also follows an answer that was sent.
  reply.raw.once('close', () => void (reply.raw.writableEnded || controller.abort()));
  return controller.signal;
}
