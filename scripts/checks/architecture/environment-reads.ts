import ts from 'typescript';
import type { Rule } from './source-tree.js';

// The set-up runs before there is any config; the scripts beside it hand the environment on.
const ALLOWED = /\.config\.ts$|^scripts\/[^/]+\.mjs$|^scripts\/setup\//;

/** The environment is read in config files only, so that every setting is found, checked and documented there. */
export const environmentReads: Rule = ({ files }) =>
  files
    .filter(({ path, text }) => !ALLOWED.test(path) && /\benv\b/.test(text))
    .flatMap(({ path, text }) => linesThatRead(path, text).map((line) => ({ path: `${path}:${line}`, says: 'reads process.env: read it in a *.config.ts' })));

function linesThatRead(path: string, text: string): number[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if (readsEnvironment(node)) lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env';
  if (ts.isElementAccessExpression(node)) return isProcess(node.expression) && isText(node.argumentExpression, 'env');
  if (ts.isImportSpecifier(node)) {
    const { moduleSpecifier } = node.parent?.parent?.parent ?? {};
    return (node.propertyName ?? node.name).text === 'env' && (!moduleSpecifier || isText(moduleSpecifier, 'node:process', 'process'));
  }
  if (ts.isVariableDeclaration(node) && node.initializer && isProcess(node.initializer) && ts.isObjectBindingPattern(node.name)) {
    return node.name.elements.some(({ propertyName, name }) => [propertyName, name].some((part) => part && ts.isIdentifier(part) && part.text === 'env'));
  }
  return false;
}

function isProcess(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return node.text === 'process';
  return ts.isPropertyAccessExpression(node) && node.name.text === 'process';
}

function isText(node: ts.Expression, ...texts: string[]): boolean {
  return ts.isStringLiteralLike(node) && texts.includes(node.text);
}
