import { readFileSync } from 'node:fs';

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * What tells a living process from a later one with the same number: its start time as the kernel counts it, or
 * 'alive' where there is no /proc. Undefined when no such process lives.
 */
export function processStart(pid) {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return afterName[0] === 'Z' ? undefined : afterName[19];
  } catch {
    return 'alive';
  }
}

/** Whether the process lives and was started with `text` on its command line: a reused number is not our server. */
export function isProcessOf(pid, text) {
  if (processStart(pid) === undefined) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
  } catch {
    return false;
  }
}

/** Waits until the process has ended; false when it still lives after `timeoutMs`. */
export async function processEnds(pid, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (processStart(pid) !== undefined) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** The process number on a pid file's first line, or undefined. */
export function pidIn(path) {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}
