import { build } from './build.mjs';
import { createProgress } from './progress.mjs';
import { createShutdown } from './shutdown.mjs';
import { ensurePackages } from './packages.mjs';
import { findNode } from './node-runtime.mjs';
import { inRun } from './paths.mjs';
import { readJson, writeJson } from './json-file.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { startServices } from './services.mjs';
import { takeRunLock } from './run-lock.mjs';

const runFile = inRun('run.json');

/**
 * Everything a run needs, from a bare checkout: packages, Node 24, PostgreSQL and NATS, compiled sources. A need that
 * cannot be met ends the process with code 1, after one sentence that names it and the command that mends it.
 *
 * @param purpose what the run is for, told to a second run that meets the lock: 'demo', 'start', 'test'.
 * @param log receives the progress, a line a call.
 * @param compile false leaves out the build.
 * @returns nodePath (a Node ≥ 24), databaseUrl (a superuser's, on the maintenance database), natsUrl (a login's that may
 *   do everything), how ('given' | 'docker' | 'private'), of a private NATS natsLogins (the folder of its logins) and
 *   natsProgram, beforeStop(work) (runs ahead of the servers' stop, last first), stop()
 *   (what was started, never what was given; may be called twice; also runs on SIGINT, SIGTERM and exit), and keep()
 *   (the servers stay when this process ends; later runs use them and leave them running).
 */
export async function prepare(options = {}) {
  try {
    return await prepareOrThrow(options);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(`\n${error.toText()}`);
    process.exit(1);
  }
}

/** As prepare, but a need that cannot be met is thrown as a SetupProblem. */
export async function prepareOrThrow({ purpose = 'run', log, compile = true } = {}) {
  const unlock = takeRunLock(inRun('run.lock'), purpose);
  const progress = createProgress(log);
  const started = { stop: async () => {}, stopNow: () => {} };
  const shutdown = createShutdown({
    stop: async () => {
      await started.stop();
      unlock();
    },
    stopNow: () => {
      started.stopNow();
      unlock();
    },
  });
  try {
    return await takeSteps({ purpose, progress, compile, started, shutdown, unlock });
  } catch (error) {
    await shutdown.shutdown();
    throw error;
  }
}

async function takeSteps({ purpose, progress, compile, started, shutdown, unlock }) {
  const { step, tell } = progress;
  let node;
  await step('packages', ensurePackages);
  await step('node', async () => {
    node = await findNode();
    return `${node.version} at ${node.nodePath}`;
  });
  const kept = readJson(runFile)?.kept === true;
  const services = await startServices({ purpose, step, tell, kept, register: (stops) => Object.assign(started, stops) });
  if (compile) await step('build', async () => ((await build(node)).built ? 'compiled to dist/' : ''));

  function keep() {
    writeJson(runFile, { kept: true });
    shutdown.release();
    unlock();
  }
  return { nodePath: node.nodePath, ...services, beforeStop: shutdown.before, stop: shutdown.shutdown, keep };
}
