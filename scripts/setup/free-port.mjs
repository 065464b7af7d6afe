import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { SetupProblem } from './setup-problem.mjs';

// Below the range (32768 and up) from which the kernel hands out ports to outgoing connections, so that a port kept
// for the next run is not lent to somebody's client meanwhile.
const LOWEST = 20_000;
const HIGHEST = 29_999;

/** Whether this process could listen on 127.0.0.1 at the port. */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

/** The preferred port (the one of the last run) when it is free, else a random free one that is not in `avoid`. */
export async function findFreePort({ preferred, avoid = [] } = {}) {
  if (preferred && !avoid.includes(preferred) && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (!avoid.includes(port) && (await isFree(port))) return port;
  }
  throw new SetupProblem(`No free port was found between ${LOWEST} and ${HIGHEST} on 127.0.0.1.`);
}
