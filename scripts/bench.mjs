// npm run bench -- outbox|latency|consumer|writer|history [--quick] [--docs] [--events N] [--aggregates N] [--rounds N] [--only a,b] [--as NAME]
import { run, runEnvironment } from './launch.mjs';
import { inTop, topFolder } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { runCommand } from './setup/run-command.mjs';

const prepared = await prepare({ purpose: 'bench' });
// Beside the product's own build: what is measured against is never part of what is shipped.
await createProgress().step('bench', async () => {
  const { code, stdout } = await runCommand(prepared.nodePath, [inTop('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'bench/tsconfig.json', '--pretty', 'false'], { cwd: topFolder });
  if (code === 0) return 'compiled to dist/bench';
  console.error(stdout);
  await prepared.stop();
  process.exit(1);
});
process.exitCode = await run(prepared, ['dist/bench/main.js', ...process.argv.slice(2)], await runEnvironment(prepared));
await prepared.stop();
