import type { ServiceName } from '#leadwire/contracts';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How an operator reaches the stores of a platform that runs in this checkout. */
export interface PlatformAccess {
  /** Names the run, and its subjects and streams on the bus. */
  readonly namespace: string;
  /** Each service's own login. */
  readonly databaseUrls: Readonly<Record<ServiceName, string>>;
  /** A login that may look at every stream. */
  readonly natsUrl: string;
}

/** Leaves the access in the folder for this user only. A file a run: a second run of the checkout writes beside it. */
export function writeAccess(folder: string, access: PlatformAccess): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(folder, access.namespace), JSON.stringify(access, null, 2), { mode: 0o600 });
}

/** Takes a run's access away, if there is one. */
export function removeAccess(folder: string, namespace: string): void {
  rmSync(fileOf(folder, namespace), { force: true });
}

/** The access of every run that left one, the latest first. */
export function readAccess(folder: string): PlatformAccess[] {
  const names = readdirIfThere(folder).filter((name) => name.endsWith('.json'));
  const files = names.map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
  return files.toSorted((a, b) => b.at - a.at).map(({ path }) => JSON.parse(readFileSync(path, 'utf8')) as PlatformAccess);
}

function readdirIfThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const fileOf = (folder: string, namespace: string): string => join(folder, `${namespace}.json`);
