import type { JsonSchema } from '#leadwire/contracts';

/**
 * What of a published schema's promises no longer holds. Both ways count: who knows the earlier schema reads what is
 * told now, and who knows the later one reads what is still stored. So the shape of a version stands, but for optional
 * fields that are added and the words that describe it.
 */
export function breakingChanges(before: JsonSchema, after: JsonSchema, at = ''): string[] {
  const where = at || 'the payload';
  if (typeText(before) !== typeText(after)) return [`${where} was ${typeText(before)} and is ${typeText(after)}`];
  return [
    ...changedValues(before, after, where),
    ...changedLimits(before, after, where),
    ...changedFields(before, after, at),
    ...(before.items && after.items ? breakingChanges(before.items, after.items, `${at}[]`) : []),
  ];
}

function changedFields(before: JsonSchema, after: JsonSchema, at: string): string[] {
  const { properties: earlier = {}, required: wasRequired = [] } = before;
  const { properties: later = {}, required = [] } = after;
  const kept = Object.keys(earlier).filter((name) => name in later);
  return [
    ...Object.keys(earlier).filter((name) => !(name in later)).map((name) => `${path(at, name)} was removed`),
    ...required.filter((name) => !wasRequired.includes(name)).map((name) => `${path(at, name)} is newly required`),
    ...kept.filter((name) => wasRequired.includes(name) && !required.includes(name)).map((name) => `${path(at, name)} is no longer always there`),
    ...kept.flatMap((name) => breakingChanges(earlier[name]!, later[name]!, path(at, name))),
  ];
}

// A value lost is still stored; a value gained is one that no reader so far has a branch for.
function changedValues(before: JsonSchema, after: JsonSchema, where: string): string[] {
  if (!before.enum && !after.enum) return [];
  if (!before.enum) return [`${where} takes only ${after.enum!.join(', ')} now`];
  if (!after.enum) return [`${where} is no longer one of ${before.enum.join(', ')}`];
  const lost = before.enum.filter((value) => !after.enum!.includes(value));
  const gained = after.enum.filter((value) => !before.enum!.includes(value));
  return [
    ...(lost.length > 0 ? [`${where} no longer knows ${lost.join(', ')}`] : []),
    ...(gained.length > 0 ? [`${where} may now be ${gained.join(', ')}`] : []),
  ];
}

const LIMITS = ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'minItems', 'maxItems'] as const;

// A reader sizes its columns and its buffers by them.
function changedLimits(before: JsonSchema, after: JsonSchema, where: string): string[] {
  const changed = LIMITS.filter((limit) => before[limit] !== after[limit]);
  return changed.map((limit) => `${where}: ${limit} was ${before[limit] ?? 'not given'} and is ${after[limit] ?? 'not given'}`);
}

function typeText({ type, format, const: fixed, anyOf }: JsonSchema): string {
  if (anyOf) return anyOf.map(typeText).join(' or ');
  const names = [type ?? 'anything'].flat().toSorted().join(' or ');
  return [names, format, fixed !== undefined && JSON.stringify(fixed)].filter(Boolean).join(' ');
}

function path(at: string, name: string): string {
  return at ? `${at}.${name}` : name;
}
