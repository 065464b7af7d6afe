import { existsSync, rmSync } from 'node:fs';
import { hashFiles, listFiles } from './source-hash.mjs';
import { findNode } from './node-runtime.mjs';
import { inTop, topFolder } from './paths.mjs';
import { readJson, writeJson } from './json-file.mjs';
import { runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';

const stampFile = inTop('dist', '.leadwire-build.json');

const isCompiled = (path) => /\.(ts|json)$/.test(path) && !path.endsWith('.spec.ts');

function readSources() {
  const files = [
    ...listFiles(topFolder, ['apps', 'libs'], isCompiled),
    ...listFiles(topFolder, ['scripts'], (path) => path.endsWith('.ts') && isCompiled(path)),
    'tsconfig.base.json',
    'tsconfig.build.json',
    'tsconfig.json',
    'package-lock.json',
  ];
  return { files, hash: hashFiles(topFolder, files) };
}

/** Compiles to dist/ unless what stands there was made of these very sources. */
export async function build({ nodePath } = {}) {
  const sources = readSources();
  const stamp = readJson(stampFile);
  if (stamp?.hash === sources.hash) return { built: false };
  // The compiler never removes what it once wrote: a deleted migration would still be found in dist/ and run.
  const vanished = !stamp || stamp.files.some((file) => !existsSync(inTop(file)));
  rmSync(vanished ? inTop('dist') : stampFile, { recursive: true, force: true });
  await compile(nodePath ?? (await findNode()).nodePath);
  writeJson(stampFile, sources);
  return { built: true };
}

async function compile(nodePath) {
  const args = [inTop('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--pretty', 'false'];
  const { code, stdout, stderr } = await runCommand(nodePath, args, { cwd: topFolder });
  if (code === 0) return;
  throw new SetupProblem('The sources do not compile.', {
    detail: `${stdout}${stderr}`.slice(0, 6000),
    mend: 'npx tsc -p tsconfig.build.json --noEmit   (until it is silent)',
  });
}
