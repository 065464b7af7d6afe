import type { Page } from '#leadwire/contracts';
import { isId, Problems } from '#leadwire/kernel';

/** A cursor: where the page before ended, as opaque text. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor, checked one by one; refuses what this list did not give out. */
export function decodeCursor(cursor: string, ...checks: ((part: unknown) => boolean)[]): string[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw Problems.cursor();
  }
  if (!Array.isArray(parts) || parts.length !== checks.length || !checks.every((check, i) => check(parts[i]))) throw Problems.cursor();
  return parts.map(String);
}

/** The id in a cursor of a list ordered by id. */
export function idCursor(cursor: string): string {
  return decodeCursor(cursor, (part) => typeof part === 'string' && isId(part))[0]!;
}

/**
 * The page made of `limit + 1` rows: the one too many says that there is a next page.
 * `position` answers what the cursor holds of a row: the values of the order.
 */
export function pageOfRows<Row, Item>(
  rows: Row[],
  limit: number,
  position: (row: Row) => string | number | (string | number)[],
  view: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor([position(last)].flat()) : null;
  return { items: shown.map(view), nextCursor };
}
