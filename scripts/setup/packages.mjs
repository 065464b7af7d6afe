import { delimiter } from 'node:path';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hashFiles } from './source-hash.mjs';
import { inTop, topFolder } from './paths.mjs';
import { installedMatches } from './lockfile-match.mjs';
import { readJson } from './json-file.mjs';
import { runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';

const stampFile = inTop('node_modules', '.leadwire-packages');
const lockHash = () => hashFiles(topFolder, ['package-lock.json'], `${process.platform}-${process.arch}`);
const stamped = () => (existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '');

/** Installs what package-lock.json names unless it stands there already; tells what was done. */
export async function ensurePackages() {
  const hash = lockHash();
  if (stamped() === hash) return '';
  const installedByHand = installedMatches(
    readJson(inTop('package-lock.json')),
    readJson(inTop('node_modules', '.package-lock.json')),
  );
  if (!installedByHand) await install();
  writeFileSync(stampFile, hash);
  return installedByHand ? '' : 'installed from package-lock.json';
}

async function install() {
  const { code, stdout, stderr } = await runCommand('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: topFolder,
    env: { ...process.env, PATH: pathWithoutPackages(process.env.PATH), ONNXRUNTIME_NODE_INSTALL: 'skip' },
    shell: process.platform === 'win32',
  });
  if (code === 0) return;
  throw new SetupProblem('The npm packages could not be installed.', {
    detail: withoutEngineNoise(`${stdout}${stderr}`),
    mend: code === 127 ? 'apt-get install -y npm' : 'npm ci   (with a registry in reach; see npm\'s message above)',
  });
}

// `npm ci` empties node_modules: it must not run on the Node that lives in there.
export function pathWithoutPackages(path = '') {
  return path
    .split(delimiter)
    .filter((folder) => !folder.startsWith(inTop('node_modules')))
    .join(delimiter);
}

const withoutEngineNoise = (text) =>
  text
    .split('\n')
    .filter((line) => !line.includes('EBADENGINE'))
    .join('\n');
