import { existsSync } from 'node:fs';
import { inTop } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';

/** The oldest Node on which the services run. */
export const NEEDED_MAJOR = 24;

const majorOf = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);

/** Where npm put the Node of the package `node-<platform>-<arch>`. */
const packagedNode = () =>
  process.platform === 'win32'
    ? inTop('node_modules', `node-win-${process.arch}`, 'bin', 'node.exe')
    : inTop('node_modules', '.bin', 'node');

/** A Node ≥ 24: the one that runs this when it is new enough, else the one from the npm packages. */
export async function findNode() {
  if (majorOf(process.version) >= NEEDED_MAJOR) return { nodePath: process.execPath, version: process.version };
  const nodePath = packagedNode();
  const answer = existsSync(nodePath) ? await runCommand(nodePath, ['--version']) : { code: 1, stdout: '' };
  const version = answer.stdout.trim();
  if (answer.code === 0 && majorOf(version) >= NEEDED_MAJOR) return { nodePath, version };
  throw new SetupProblem(
    `Node ${NEEDED_MAJOR} or later is needed; this is ${process.version}, and no npm package brings one for ` +
      `${process.platform}-${process.arch}.`,
    { mend: `install Node ${NEEDED_MAJOR} from nodejs.org, then run this again` },
  );
}
