import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and gives its exit code and output; never throws for a bad exit. A program that is not
 * there answers code 127, one that outlives `timeoutMs` is killed and answers code 124.
 */
export function runCommand(program, args, { timeoutMs, input, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    const output = { stdout: '', stderr: '' };
    let timedOut = false;
    const timer = timeoutMs && setTimeout(() => { timedOut = true; child.kill('SIGKILL'); }, timeoutMs);
    const finish = (code) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? 124 : code, ...output });
    };
    for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => (output[name] += chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', (error) => {
      output.stderr += error.message;
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** The environment without what would change how PostgreSQL's own programs behave (PGDATA, PGPORT, PGHOST …). */
export function withoutPostgresNames(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^PG[A-Z]/.test(name)));
}
