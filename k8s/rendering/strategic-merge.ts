type Value = unknown;
type Fields = Record<string, Value>;

const isFields = (value: Value): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNamed = (value: Value): value is Fields & { name: string } => isFields(value) && typeof value.name === 'string';

/**
 * Kubernetes' strategic merge, as far as these manifests use it: fields are merged, lists of named things (containers,
 * volumes, ports) by name, every other list is replaced.
 */
export function strategicMerge(base: Value, patch: Value): Value {
  if (isFields(base) && isFields(patch)) {
    const merged: Fields = { ...base };
    for (const [name, value] of Object.entries(patch)) merged[name] = name in base ? strategicMerge(base[name], value) : value;
    return merged;
  }
  if (Array.isArray(base) && Array.isArray(patch) && [...base, ...patch].every(isNamed)) return mergeByName(base, patch);
  return patch;
}

function mergeByName(base: { name: string }[], patch: { name: string }[]): Value[] {
  const added = patch.filter((entry) => !base.some(({ name }) => name === entry.name));
  const merged = base.map((entry) => {
    const change = patch.find(({ name }) => name === entry.name);
    return change ? strategicMerge(entry, change) : entry;
  });
  return [...merged, ...added];
}
