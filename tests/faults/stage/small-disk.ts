import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(64 * 1024, 1);

/** A file system of a few megabytes in memory, so that a store can really run out of it. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Mounts one over the folder; undefined where this account may not. */
  static mount(folder: string, megabytes: number): SmallDisk | undefined {
    if (process.getuid?.() !== 0) return undefined;
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'leadwire-faults', folder]);
    return status === 0 ? new SmallDisk(folder) : undefined;
  }

  /** Takes all the room that is left. */
  fill(): void {
    const file = openSync(this.filler, 'w');
    try {
      for (let size = BLOCK.length; size >= 1; size = Math.floor(size / 16)) writeWhileRoom(file, size);
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.filler, { force: true });
  }

  unmountNow(): void {
    spawnSync('umount', ['-l', this.folder]);
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }
}

function writeWhileRoom(file: number, size: number): void {
  for (;;) {
    try {
      if (writeSync(file, BLOCK, 0, size) < size) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      return;
    }
  }
}
