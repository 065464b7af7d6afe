import type { JsonSchema } from '#leadwire/contracts';

/**
 * What of a payload's shape changed so that somebody who knows the earlier one could trip: a field removed, no longer
 * always there, of another type or newly required, and values an enum no longer has. An optional field added is none.
 */
export function breakingChanges(before: JsonSchema, after: JsonSchema, at = ''): string[] {
  const where = at || 'the payload';
  if (typeText(before) !== typeText(after)) return [`${where} was ${typeText(before)} and is ${typeText(after)}`];
  return [
    ...lostValues(before, after, where),
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

function lostValues(before: JsonSchema, after: JsonSchema, where: string): string[] {
  if (!after.enum) return [];
  if (!before.enum) return [`${where} takes only ${after.enum.join(', ')} now`];
  const lost = before.enum.filter((value) => !after.enum!.includes(value));
  return lost.length > 0 ? [`${where} no longer knows ${lost.join(', ')}`] : [];
}

function typeText({ type, format, const: fixed, anyOf }: JsonSchema): string {
  if (anyOf) return anyOf.map(typeText).join(' or ');
  const names = [type ?? 'anything'].flat().toSorted().join(' or ');
  return [names, format, fixed !== undefined && JSON.stringify(fixed)].filter(Boolean).join(' ');
}

function path(at: string, name: string): string {
  return at ? `${at}.${name}` : name;
}
