import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The repository's top folder. */
export const TOP = fileURLToPath(new URL('../..', import.meta.url));

/** Every app that is deployed as a process of its own: what stands under apps/, but the one that is all in one. */
export function deployedApps(): string[] {
  return readdirSync(join(TOP, 'apps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'standalone')
    .map((entry) => entry.name)
    .sort();
}

/** The source from which `dist/<path>.js` is compiled is there. */
export function hasSource(distPath: string): boolean {
  const source = distPath.replace(/^dist\//, '').replace(/\.js$/, '.ts');
  return existsSync(join(TOP, source));
}
