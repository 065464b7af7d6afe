import ts from 'typescript';
import type { Rule, SourceTree } from './source-tree.js';

/** Every app says what it owns and does not; every service starts by runService alone and has its migrations. */
export const serviceShape: Rule = (tree) => tree.apps.flatMap((app) => [...readme(tree, app), ...main(tree, app), ...migrations(tree, app)]);

function readme(tree: SourceTree, app: string) {
  const path = `apps/${app}/README.md`;
  const text = tree.read(path);
  if (text === undefined) return [{ path, says: 'is missing' }];
  // As a heading, or as the head of a table's column.
  return ['Owns', 'Does not own']
    .filter((heading) => !new RegExp(`^(#{2,} |\\|).*\\b${heading}\\b`, 'im').test(text))
    .map((heading) => ({ path, says: `has no heading "${heading}"` }));
}

function main(tree: SourceTree, app: string) {
  // Standalone starts all the others, one after the other.
  if (app === 'standalone') return [];
  const path = `apps/${app}/src/main.ts`;
  const text = tree.read(path);
  if (text === undefined) return [{ path, says: 'is missing' }];
  return onlyRunsService(text) ? [] : [{ path, says: 'does more than await runService(…)' }];
}

function onlyRunsService(text: string): boolean {
  const { statements } = ts.createSourceFile('main.ts', text, ts.ScriptTarget.Latest);
  const rest = statements.filter((statement) => !ts.isImportDeclaration(statement));
  const [only] = rest;
  if (rest.length !== 1 || !only || !ts.isExpressionStatement(only) || !ts.isAwaitExpression(only.expression)) return false;
  const call = only.expression.expression;
  return ts.isCallExpression(call) && ts.isIdentifier(call.expression) && call.expression.text === 'runService';
}

function migrations(tree: SourceTree, app: string) {
  // The gateway has no tables, and standalone none of its own.
  if (app === 'gateway' || app === 'standalone') return [];
  const path = `apps/${app}/migrations/index.ts`;
  return tree.read(path) === undefined ? [{ path, says: 'is missing' }] : [];
}
