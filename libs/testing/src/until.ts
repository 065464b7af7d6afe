const POLL_MS = 20;

/** Waits until `probe` answers something truthy, and answers it; throws with `what` when the deadline passes. */
export async function until<T>(what: string, probe: () => Promise<T> | T, deadlineMs = 15_000): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await probe();
      if (answer) return answer as Exclude<T, false | null | undefined>;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`waited ${deadlineMs} ms in vain until ${what}; last: ${String(last)}`);
}
