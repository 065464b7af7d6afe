import { USAGE_UNITS } from '#leadwire/contracts';

/** The closed list of what is counted: the contract's, so that what is recorded is what has a price. */
export const UNITS = USAGE_UNITS;

export type Unit = (typeof UNITS)[number];

const OTHER_NAMES: Record<string, Unit> = {
  input_token: 'token_in',
  prompt_token: 'token_in',
  output_token: 'token_out',
  completion_token: 'token_out',
};

/** `Seconds`, `second` and ` SECOND ` are one unit, `prompt tokens` is `token_in`; undefined: not on the list. */
export function parseUnit(text: string): Unit | undefined {
  const name = text.trim().toLowerCase().replace(/[\s-]+/g, '_').replace(/s$/, '');
  return UNITS.find((unit) => unit === name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined);
}
