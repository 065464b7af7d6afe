/** A word of a PromQL expression, with where it stands. */
export interface Token {
  readonly kind: 'name' | 'number' | 'duration' | 'string' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const KINDS: [Token['kind'], RegExp][] = [
  ['duration', /(?:\d+(?:ms|[smhdwy]))+(?![\w.])/y],
  ['number', /\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/y],
  ['name', /[A-Za-z_:][\w:]*/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ['sign', /=~|!~|!=|==|>=|<=|[-+*/%^<>=(){}[\],]/y],
];

/** The words of an expression; throws where there is something that is none. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const blank = /\s/.test(text[at]!);
    const token = blank ? undefined : tokenAt(text, at);
    if (token) tokens.push(token);
    at += token?.text.length ?? 1;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found) return { kind, text: found, at };
  }
  throw new SyntaxError(`nothing of PromQL begins with "${text.slice(at, at + 10)}" at ${at} of: ${text}`);
}
