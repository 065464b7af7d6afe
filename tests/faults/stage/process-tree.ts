import { readdirSync, readFileSync } from 'node:fs';

/** Sends a signal to a process; one that is gone already is no matter. */
export function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Sends a signal to a process and its children: a database server is many. */
export function signalTree(pid: number | undefined, name: NodeJS.Signals): void {
  for (const each of pid === undefined ? [] : [pid, ...childrenOf(pid)]) signal(each, name);
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]);
  } catch {
    return undefined;
  }
}
