import { closeSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { processStart } from './process-identity.mjs';
import { readJson } from './json-file.mjs';
import { SetupProblem } from './setup-problem.mjs';

const holds = (owner) => owner?.pid && processStart(owner.pid) === owner.start;

function tryCreate(path, owner) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, JSON.stringify(owner));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

// Two runs may find the same stale lock: the rename lets exactly one of them take it away, and what was taken is
// looked at again, because the other may have put its own fresh lock there in between.
function removeStale(path) {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = readJson(aside);
  if (holds(taken)) tryCreate(path, taken);
  unlinkSync(aside);
}

/**
 * One run a checkout: the lock is a file that names its owner's process. An owner that no longer lives is replaced.
 * @returns a function that gives the lock back.
 */
export function takeRunLock(path, purpose) {
  mkdirSync(dirname(path), { recursive: true });
  const owner = { pid: process.pid, start: processStart(process.pid), purpose, since: new Date().toISOString() };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (tryCreate(path, owner)) return () => release(path);
    const other = readJson(path);
    if (holds(other)) throw inUse(other);
    removeStale(path);
  }
  throw new SetupProblem(`The lock ${path} could not be taken.`, { mend: `rm ${path}` });
}

function inUse({ pid, purpose, since }) {
  return new SetupProblem(
    `Another run of this checkout is going on (${purpose}, process ${pid}, since ${since}): wait until it has ended.`,
    { mend: `kill ${pid}` },
  );
}

function release(path) {
  try {
    if (JSON.parse(readFileSync(path, 'utf8')).pid === process.pid) unlinkSync(path);
  } catch {
    // Already gone: nothing to give back.
  }
}
