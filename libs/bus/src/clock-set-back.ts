const LOOK_MS = 500;
const TOLERANCE_MS = 200;

/** Tells each time this machine's wall clock was set back, within half a second. Answers how to end it. */
export function onClockSetBack(told: () => void): () => void {
  const offset = (): number => Date.now() - performance.now();
  let last = offset();
  const timer = setInterval(() => {
    const now = offset();
    if (now < last - TOLERANCE_MS) told();
    last = now;
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
