import { SOURCE_FLAGS } from '../../tests/faults/node-flags.mjs';
import { run } from '../launch.mjs';

/** What Node is told to play the fault suite. */
export const faultArguments = (args) => [...SOURCE_FLAGS, 'tests/faults/main.ts', ...args];

/** Plays the fault suite and counts it as one test. */
export async function runFaults({ args }, { prepared, env }) {
  const code = await run(prepared, faultArguments(args), env);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}
