import { runCommand } from '../setup/run-command.mjs';
import { topFolder } from '../setup/paths.mjs';

/** Runs a gate and counts it as one test; when it holds, only what it could not see is shown: its lines `note: …`. */
export async function runGate({ args }, { prepared, env, signal }) {
  const { code, stdout, stderr } = await runCommand(prepared.nodePath, args, { cwd: topFolder, env, signal });
  if (code !== 0) console.log(`${stdout}${stderr}`.trimEnd());
  else for (const note of stdout.split('\n').filter((line) => line.startsWith('note: '))) console.log(note);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}
