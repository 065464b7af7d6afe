/**
 * Whether npm's record of what stands in node_modules (node_modules/.package-lock.json) is what package-lock.json
 * asks for. Packages for other platforms are marked optional and may be missing.
 */
export function installedMatches(lock, installed) {
  if (!lock?.packages || !installed?.packages) return false;
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const unwanted = Object.keys(installed.packages).some((path) => !(path in lock.packages));
  return !unwanted && wanted.every(([path, entry]) => matches(entry, installed.packages[path]));
}

function matches(wanted, found) {
  if (!found) return wanted.optional === true;
  return found.version === wanted.version && found.integrity === wanted.integrity;
}
