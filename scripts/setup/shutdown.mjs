const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs what was handed to `before`, last first, then `stop`, exactly once, however this process comes to its end: by
 * a call, by a signal, or by an exit that nobody announced (then only `stopNow`, which must not wait).
 */
export function createShutdown({ stop, stopNow }) {
  const first = [];
  let running;
  let released = false;

  const shutdown = () => (running ??= runAll());

  async function runAll() {
    try {
      for (const work of first.reverse()) await Promise.resolve(work()).catch((error) => console.error(error));
      if (!released) await stop();
    } finally {
      release();
    }
  }

  const onSignal = (signal) => {
    if (running) return;
    void shutdown().finally(() => process.exit(SIGNALS[signal]));
  };
  const onExit = () => {
    if (!released) stopNow();
  };

  /** From now on nothing is stopped: what runs, runs on. */
  function release() {
    released = true;
    for (const signal of Object.keys(SIGNALS)) process.off(signal, onSignal);
    process.off('exit', onExit);
  }

  for (const signal of Object.keys(SIGNALS)) process.on(signal, onSignal);
  process.on('exit', onExit);
  return { shutdown, release, before: (work) => void first.push(work) };
}
