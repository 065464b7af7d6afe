import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

const PACKAGES = ['gcc', 'make', 'libc6-dev'];
const TRIPLETS = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** Where Debian puts this processor's libraries. */
export const libraryTriplet = TRIPLETS[process.arch] ?? `${process.arch}-linux-gnu`;

async function machineHasCompiler() {
  const answers = await Promise.all(['gcc', 'make'].map((program) => runCommand(program, ['--version'])));
  return answers.every(({ code }) => code === 0) && existsSync('/usr/include/stdio.h');
}

/** A C compiler and make: this machine's own, else Debian's unpacked into `folder`. */
export async function findCompiler(apt, folder) {
  if (await machineHasCompiler()) return { cc: 'gcc', make: 'make' };
  // gcc looks for libc below its sysroot, hence the C library too: it is linked against, never loaded.
  await apt.unpack(await apt.closure(PACKAGES, { asIfEmpty: true }), folder, { withCLibrary: true });
  const cc = join(folder, 'cc');
  writeFileSync(cc, wrapper(folder));
  chmodSync(cc, 0o755);
  return { cc, make: join(folder, 'usr', 'bin', 'make') };
}

const wrapper = (folder) => `#!/bin/sh
export LD_LIBRARY_PATH='${join(folder, 'usr', 'lib', libraryTriplet)}' PATH='${join(folder, 'usr', 'bin')}':"$PATH"
exec '${join(folder, 'usr', 'bin', 'gcc')}' --sysroot='${folder}' "$@"
`;
