import type pg from 'pg';

// One that is dead never answers.
const END_TIMEOUT_MS = 2_000;

/** Gives a connection up; waits two seconds for the server's word at most. */
export async function endConnection(client: pg.Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, END_TIMEOUT_MS)));
  await Promise.race([client.end().catch(() => undefined), deadline]);
  clearTimeout(timer);
}
