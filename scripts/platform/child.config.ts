/** What the platform's processes take over from this one: where programs are, and the cache of compiled code. */
export function inheritedEnvironment(): Record<string, string | undefined> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}
