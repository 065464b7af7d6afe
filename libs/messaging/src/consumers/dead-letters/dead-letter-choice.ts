/** Which dead letters are meant: those that fit all that is given. */
export interface DeadLetterChoice {
  readonly ids?: readonly string[];
  readonly consumer?: string;
  readonly type?: string;
}

/** The condition that a choice makes on unresolved rows of `dead_letters`; its parameters begin at `$<first>`. */
export function chosen(choice: DeadLetterChoice, first: number): { readonly sql: string; readonly values: unknown[] } {
  const given = [
    ['id = any(? ::uuid[])', choice.ids],
    ['consumer = ?', choice.consumer],
    ['event_type = ?', choice.type],
  ].filter(([, value]) => value !== undefined);
  const conditions = given.map(([sql], i) => (sql as string).replace('?', `$${first + i}`));
  return { sql: ['resolved_at is null', ...conditions].join(' and '), values: given.map(([, value]) => value) };
}
