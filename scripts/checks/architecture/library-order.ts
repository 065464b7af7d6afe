import { isTest, type Rule } from './source-tree.js';

// What each library may import. One that is not named here has no place yet.
const BELOW: Record<string, readonly string[]> = {
  kernel: [],
  contracts: ['kernel'],
  bus: ['kernel', 'contracts'],
  database: ['kernel', 'contracts'],
  messaging: ['kernel', 'contracts', 'bus', 'database'],
  rpc: ['kernel', 'contracts', 'bus', 'database'],
  'service-kit': ['kernel', 'contracts', 'bus', 'database', 'messaging', 'rpc'],
  testing: ['kernel', 'contracts', 'bus', 'database', 'messaging', 'rpc', 'service-kit'],
};

/** Libraries import only those below them, and nobody but a test imports testing. */
export const libraryOrder: Rule = ({ files }) =>
  files.flatMap((file) => {
    const own = /^libs\/([^/]+)\//.exec(file.path)?.[1];
    const below = own === undefined ? undefined : BELOW[own];
    if (own !== undefined && !below) return [{ path: file.path, says: `${own} has no place in library-order.ts` }];
    return file.imports.flatMap(({ name }) => {
      const library = /^#leadwire\/([^/]+)/.exec(name)?.[1];
      if (!library || (library === 'testing' && isTest(file.path))) return [];
      if (library === 'testing' && own !== 'testing') return [{ path: file.path, says: 'imports #leadwire/testing, which is for tests and harnesses' }];
      return !below || below.includes(library) ? [] : [{ path: file.path, says: `imports #leadwire/${library}, which is not below ${own}` }];
    });
  });
