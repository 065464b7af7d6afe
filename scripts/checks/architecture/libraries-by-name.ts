import { target, type Rule } from './source-tree.js';

/** A library is imported from outside as `#leadwire/<lib>`, never by a path into it; a library imports no app and no script. */
export const librariesByName: Rule = ({ files }) =>
  files.flatMap((file) =>
    file.imports.flatMap(({ name }) => {
      const says = complaint(file.path, name, target(file, name));
      return says ? [{ path: file.path, says }] : [];
    }),
  );

function complaint(from: string, name: string, path: string | undefined): string | undefined {
  if (/^#leadwire\/[^/]+\//.test(name)) return `imports ${name}: a library shows what its index exports, and nothing else`;
  if (!path) return undefined;
  const library = libraryOf(from);
  if (libraryOf(path) !== library && libraryOf(path)) return `imports ${path}: write #leadwire/${libraryOf(path)}`;
  if (library && libraryOf(path) !== library) return `imports ${path}: a library knows no app and no script`;
  return undefined;
}

function libraryOf(path: string): string | undefined {
  return /^libs\/([^/]+)\//.exec(path)?.[1];
}
