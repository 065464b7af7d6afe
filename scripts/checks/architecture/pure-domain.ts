import { isTest, target, type Rule, type SourceFile } from './source-tree.js';

const PURE_FOLDERS = /\/(rules|normalise|csv|scoring|analyser)\//;
const PURE_FILES = /-(rules|machine)\.ts$|\.port\.ts$/;
// A folder may hold a capability's rules and its reactions: these say by their role that they are none of the rules.
const OTHER_ROLES = /\.(consumer|controller|entity|module|provider|config)\.ts$/;
const FRAMEWORKS = /^(@nestjs\/|typeorm(\/|$)|pg(-|\/|$)|pgvector|@nats-io\/|#leadwire\/(bus|database|messaging|rpc|service-kit|testing)$)/;

/** Rules of the domain know no framework, no database and no bus, not even through what they import. */
export const pureDomain: Rule = ({ files }) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files
    .filter(({ path }) => isPure(path) && !isTest(path))
    .flatMap((file) => {
      const way = wayToFramework(file, byPath, new Set());
      return way ? [{ path: file.path, says: `is domain code and reaches ${way.join(', by way of ')}` }] : [];
    });
};

function isPure(path: string): boolean {
  return (PURE_FOLDERS.test(path) && !OTHER_ROLES.test(path)) || PURE_FILES.test(path);
}

/** The framework a file reaches, then the files between, the nearest to the framework first. */
function wayToFramework(file: SourceFile, byPath: Map<string, SourceFile>, seen: Set<string>): string[] | undefined {
  seen.add(file.path);
  const framework = file.imports.find(({ name }) => FRAMEWORKS.test(name));
  if (framework) return [framework.name];
  for (const { name, typeOnly } of file.imports) {
    const next = byPath.get(target(file, name) ?? '');
    if (!next || typeOnly || seen.has(next.path)) continue;
    const way = wayToFramework(next, byPath, seen);
    if (way) return [...way, next.path];
  }
  return undefined;
}
