// npm run stop: stops what `npm run demo -- --keep` left running: the platform's processes, then its servers.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { inRun } from './setup/paths.mjs';
import { stopKeptServices } from './setup/services-control.mjs';

const DEADLINE_MS = 30_000;
const file = inRun('platform.json');

if (existsSync(file)) {
  // In order: the gateway first, so that nobody is sent to a service that is gone.
  for (const pid of JSON.parse(readFileSync(file, 'utf8')).pids) await end(pid);
  rmSync(file);
}
// Whatever ran here is over: nothing tells any more how it was reached.
rmSync(inRun('platforms'), { recursive: true, force: true });
await stopKeptServices();
console.log('stopped');

async function end(pid) {
  if (!signal(pid, 'SIGTERM')) return;
  const last = Date.now() + DEADLINE_MS;
  while (signal(pid, 0)) {
    if (Date.now() > last) signal(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
