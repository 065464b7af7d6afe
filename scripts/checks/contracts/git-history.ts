import { spawnSync } from 'node:child_process';

/** What one commit made of one file; no blob where it removed it. */
export interface FileChange {
  readonly path: string;
  readonly blob: string | undefined;
  /** The whole message of the commit. */
  readonly message: string;
}

/** How much of the history a checkout holds. */
export function historyDepth(top: string): 'none' | 'shallow' | 'whole' {
  if (git(top, ['rev-parse', '--verify', 'HEAD']) === undefined) return 'none';
  return text(git(top, ['rev-parse', '--is-shallow-repository'])).trim() === 'true' ? 'shallow' : 'whole';
}

/** What the commits up to HEAD made of the files below a folder, children before their parents. Paths are those below it. */
export function changesBelow(top: string, folder: string): FileChange[] {
  const format = `--format=${RECORD}%B${FIELD}`;
  const log = git(top, ['log', '--topo-order', '--diff-merges=first-parent', '--raw', '--no-abbrev', '--no-renames', '--relative', format, 'HEAD', '--', folder]);
  return text(log).split(RECORD).slice(1).flatMap((record) => {
    const [message = '', lines = ''] = record.split(FIELD);
    return lines.split('\n').filter((line) => line.startsWith(':')).map((line) => fileChange(line, folder, message));
  });
}

/** The texts of blobs by their ids. */
export function blobTexts(top: string, blobs: readonly string[]): ReadonlyMap<string, string> {
  const output = git(top, ['cat-file', '--batch'], `${blobs.join('\n')}\n`) ?? Buffer.alloc(0);
  const texts = new Map<string, string>();
  for (let at = 0; at < output.length;) {
    // `<id> blob <size>`, then the bytes and a line break.
    const start = output.indexOf('\n', at) + 1;
    const [blob, , size] = output.toString('utf8', at, start).trim().split(' ');
    at = start + Number(size);
    texts.set(blob!, output.toString('utf8', start, at));
    at += 1;
  }
  return texts;
}

const RECORD = '\u001e';
const FIELD = '\u001f';

// `:100644 100644 <before> <after> M<tab><path>`
function fileChange(line: string, folder: string, message: string): FileChange {
  const [state = '', path = ''] = line.split('\t');
  const [, , , blob, kind] = state.split(' ');
  return { path: path.slice(folder.length + 1), blob: kind === 'D' ? undefined : blob, message };
}

function text(output: Buffer | undefined): string {
  return output?.toString('utf8') ?? '';
}

const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;

function git(top: string, args: string[], input?: string): Buffer | undefined {
  // A checkout that belongs to another account, as in a container, is read all the same.
  const { status, stdout } = spawnSync('git', ['-c', `safe.directory=${top}`, ...args], { cwd: top, input, maxBuffer: MOST_OUTPUT_BYTES });
  return status === 0 ? stdout : undefined;
}
