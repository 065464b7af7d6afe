const POLL_MS = 500;

/** Polls until `probe` answers something truthy; says what it waited for when the deadline passes. */
export async function waitFor<T>(what: string, probe: () => Promise<T>, deadlineMs = 180_000): Promise<Exclude<T, false | undefined | null>> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await probe();
    if (answer) return answer as Exclude<T, false | undefined | null>;
    if (Date.now() > end) throw new Error(`waited ${deadlineMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
