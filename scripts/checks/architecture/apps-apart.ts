import { target, type Rule } from './source-tree.js';

// Standalone runs every service in one process: it takes their modules, and how the gateway is started.
const COMPOSED = /^apps\/[^/]+\/src\/([^/]+\.module|gateway\.bootstrap)\.ts$/;

/** An app imports nothing of another app, its tests included; only contracts cross services. */
export const appsApart: Rule = ({ files }) =>
  files.flatMap((file) => {
    const app = appOf(file.path);
    if (!app) return [];
    return file.imports.flatMap(({ name }) => {
      const path = target(file, name);
      if (!path || appOf(path) === app || path.startsWith('libs/')) return [];
      if (app === 'standalone' && COMPOSED.test(path)) return [];
      return [{ path: file.path, says: `imports ${path}, which is not of its own service` }];
    });
  });

function appOf(path: string): string | undefined {
  return /^apps\/([^/]+)\//.exec(path)?.[1];
}
