/** The closed list of what is counted. `token` is a token whose direction does not matter to its price. */
export const UNITS = [
  'record',
  'token',
  'input_token',
  'output_token',
  'second',
  'minute',
  'character',
  'message',
] as const;

export type Unit = (typeof UNITS)[number];

const OTHER_NAMES: Record<string, Unit> = { prompt_token: 'input_token', completion_token: 'output_token' };

/** `Seconds`, `second` and ` SECOND ` are one unit, `prompt tokens` is `input_token`; undefined: not on the list. */
export function parseUnit(text: string): Unit | undefined {
  const name = text.trim().toLowerCase().replace(/[\s-]+/g, '_').replace(/s$/, '');
  return UNITS.find((unit) => unit === name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined);
}
