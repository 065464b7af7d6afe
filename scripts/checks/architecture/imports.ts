import ts from 'typescript';

/** What a file imports, re-exports or asks for by `import()`. */
export interface Import {
  readonly name: string;
  /** Gone once compiled. */
  readonly typeOnly: boolean;
}

/** The imports of a source text, in their order. */
export function importsOf(text: string): Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName, pos }) => ({ name: fileName, typeOnly: isTypeOnly(text.slice(0, pos)) }));
}

// What stands before the name: back to the keyword that opens its statement.
function isTypeOnly(before: string): boolean {
  const opening = Math.max(before.lastIndexOf('import'), before.lastIndexOf('export'));
  return /^(import|export)\s+type\b/.test(before.slice(opening));
}
