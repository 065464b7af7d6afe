// npm run bus:permissions [-- --check | --namespace NAME]: on freshly compiled declarations.
import { spawnSync } from 'node:child_process';
import { build } from './setup/build.mjs';
import { findNode } from './setup/node-runtime.mjs';
import { topFolder } from './setup/paths.mjs';
import { SetupProblem } from './setup/setup-problem.mjs';

try {
  const { nodePath } = await findNode();
  await build({ nodePath });
  const args = ['dist/scripts/bus-permissions/main.js', ...process.argv.slice(2)];
  process.exitCode = spawnSync(nodePath, args, { cwd: topFolder, stdio: 'inherit' }).status ?? 1;
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.toText());
  process.exitCode = 1;
}
