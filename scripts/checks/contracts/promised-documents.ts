import { spawnSync } from 'node:child_process';
import { DOCUMENT_FOLDER } from './contract-documents.js';
import type { Promised } from './compatibility.js';

/** The documents as the last commit holds them; none where there is no git or no commit. */
export function committed(top: string): Promised {
  return atRevision(top, 'HEAD');
}

/** The documents as the latest release (the nearest tag v…) holds them; undefined before the first release. */
export function released(top: string): Promised | undefined {
  const tag = git(top, 'describe', '--tags', '--abbrev=0', '--match', 'v*')?.trim();
  return tag ? atRevision(top, tag) : undefined;
}

function atRevision(top: string, revision: string): Promised {
  return (path) => git(top, 'show', `${revision}:${DOCUMENT_FOLDER}/${path}`);
}

function git(top: string, ...args: string[]): string | undefined {
  // A checkout that belongs to another account, as in a container, is read all the same.
  const { status, stdout } = spawnSync('git', ['-c', `safe.directory=${top}`, ...args], { cwd: top, encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}
