import { SOURCE_FLAGS } from '../../tests/faults/node-flags.mjs';
import { run } from '../launch.mjs';

/** What Node is told to play the fault suite. */
export const faultArguments = (args) => [...SOURCE_FLAGS, 'tests/faults/main.ts', ...args];

// What the suite ends with where no servers of its own can be had (it breaks them, so given ones will not do).
const SKIPPED = 77;

/** Plays the fault suite and counts it as one test. */
export async function runFaults({ args }, { prepared, env }) {
  const code = await run(prepared, faultArguments(args), env);
  return { passed: code === 0 ? 1 : 0, failed: [0, SKIPPED].includes(code) ? 0 : 1, skipped: code === SKIPPED ? 1 : 0 };
}
