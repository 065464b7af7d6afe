/** The process's environment: the one place where it is read. */
export function processEnvironment(): Record<string, string | undefined> {
  return process.env;
}
