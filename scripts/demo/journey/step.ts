import type { Journey } from './journey.js';

/** Plays one step, with a line when it is done: what came of it and the seconds it took. */
export async function step(journey: Journey, name: string, work: () => Promise<string>): Promise<void> {
  const began = performance.now();
  const told = await work();
  const seconds = (performance.now() - began) / 1000;
  journey.report.seconds[name] = Number(seconds.toFixed(2));
  console.log(`${name.padEnd(10)} ${told}   (${seconds.toFixed(1)} s)`);
}

/** Overwrites one line with how far something is; silent where nobody looks. */
export function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r           ${text}\u001b[K\r`);
}
