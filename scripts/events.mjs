// npm run events -- lag | tail | dlq … | replay … | pause … | resume …: the events of an installation, for its operator.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from './setup/build.mjs';
import { findNode } from './setup/node-runtime.mjs';
import { inRun, inTop, topFolder } from './setup/paths.mjs';
import { SetupProblem } from './setup/setup-problem.mjs';

try {
  const { nodePath } = await findNode();
  // An image has the compiled sources only.
  if (existsSync(inTop('tsconfig.build.json'))) await build({ nodePath });
  const args = ['--enable-source-maps', 'dist/scripts/events/main.js', ...process.argv.slice(2)];
  const env = { ...process.env, NODE_COMPILE_CACHE: inRun('compile-cache') };
  const child = spawn(nodePath, args, { cwd: topFolder, env, stdio: 'inherit' });
  // Ctrl-C reaches both: the child ends in its own time, and this process with it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.toText());
  process.exitCode = 1;
}
