/** What Node is told to run the suite's sources. */
export const SOURCE_FLAGS = ['--experimental-transform-types', '--no-warnings', '--import', new URL('sources.mjs', import.meta.url).href];
