import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// A relative import that ends in .js is the .ts beside it.
const SOURCES = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ resolve: (name, context, next) =>
    name.startsWith('.') && context.parentURL?.endsWith('.ts') ? next(name.replace(/\\.js$/, '.ts'), context) : next(name, context) });
`)}`;

/**
 * Runs a TypeScript file as a process of its own, with nothing in its environment but what is given. For programs that
 * import packages and their neighbours only: `#leadwire/*` is not resolved to sources.
 */
export function runSource(main: URL, environment: Record<string, string>): ChildProcessWithoutNullStreams {
  const flags = ['--experimental-transform-types', '--no-warnings', '--import', SOURCES];
  return spawn(process.execPath, [...flags, fileURLToPath(main)], { env: environment });
}
