import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The checkout's top folder. */
export const topFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** What a run leaves in the checkout: secrets, ports, locks. Never committed. */
export const runFolder = join(topFolder, '.leadwire');

export const inTop = (...parts) => join(topFolder, ...parts);
export const inRun = (...parts) => join(runFolder, ...parts);
