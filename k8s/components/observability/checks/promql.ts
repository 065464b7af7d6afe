import { AGGREGATIONS, FUNCTIONS, OPERATORS, SET_OPERATORS, type ValueType } from './promql-functions.js';
import { tokensOf, type Token } from './promql-tokens.js';

/** A metric as an expression selects it. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
  /** The function or aggregation that it is handed to directly. */
  readonly handedTo?: string;
}

/** What an expression is about. */
export interface Expression {
  readonly gives: ValueType;
  readonly selectors: readonly Selector[];
  /** Labels that it groups or matches by. */
  readonly grouped: readonly string[];
}

/**
 * Reads a PromQL expression; throws a SyntaxError that says where it is none. It knows the part of the language that is
 * used here (no subqueries, offsets, group_left) and refuses the rest, so that a slip is not taken for something unknown.
 */
export function readPromql(text: string): Expression {
  return new Reader(text).read();
}

class Reader {
  private readonly tokens: Token[];
  private readonly selectors: Selector[] = [];
  private readonly grouped: string[] = [];
  private next = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  read(): Expression {
    const gives = this.binary(0);
    if (this.token.kind !== 'end') this.refuse(`an operator or the end, not "${this.token.text}"`);
    return { gives, selectors: this.selectors, grouped: this.grouped };
  }

  private binary(level: number, handedTo?: string): ValueType {
    const operators = OPERATORS[level];
    if (!operators) return this.operand(handedTo);
    let left = this.binary(level + 1, handedTo);
    while (operators.includes(this.token.text)) {
      const operator = this.take().text;
      this.matching();
      left = this.combined(operator, left, this.binary(level + 1));
    }
    return left;
  }

  private combined(operator: string, left: ValueType, right: ValueType): ValueType {
    for (const side of [left, right]) if (side === 'range' || side === 'string') this.refuse(`no ${side} beside "${operator}"`);
    if (SET_OPERATORS.has(operator) && (left === 'scalar' || right === 'scalar')) this.refuse(`vectors beside "${operator}"`);
    return left === 'scalar' && right === 'scalar' ? 'scalar' : 'instant';
  }

  private matching(): void {
    if (this.at('on') || this.at('ignoring')) this.labelList();
  }

  private operand(handedTo?: string): ValueType {
    const { kind, text } = this.take();
    if (kind === 'number') return 'scalar';
    if (kind === 'string') return 'string';
    if (text === '-') return this.operand(handedTo);
    if (text === '(') return this.closed(this.binary(0));
    if (kind !== 'name') this.refuse(`a metric, a function or a number before "${text}"`);
    if (text in AGGREGATIONS) return this.aggregation(text);
    return this.at('(') ? this.call(text) : this.selector(text, handedTo);
  }

  private aggregation(name: string): ValueType {
    const before = this.grouping();
    this.arguments(name, AGGREGATIONS[name]!);
    if (!before) this.grouping();
    return 'instant';
  }

  private grouping(): boolean {
    const given = this.at('by') || this.at('without');
    if (given) this.labelList();
    return given;
  }

  private labelList(): void {
    this.take();
    this.expect('(');
    while (!this.at(')')) {
      this.grouped.push(this.name());
      if (!this.at(')')) this.expect(',');
    }
    this.expect(')');
  }

  private call(name: string): ValueType {
    const signature = FUNCTIONS[name];
    if (!signature) this.refuse(`a known function, not "${name}"`);
    this.arguments(name, signature.takes);
    return signature.gives;
  }

  private arguments(name: string, takes: readonly ValueType[]): void {
    this.expect('(');
    takes.forEach((wanted, place) => {
      if (place > 0) this.expect(',');
      const given = this.binary(0, name);
      if (given !== wanted) this.refuse(`${wanted} for ${name}, not ${given}`);
    });
    this.expect(')');
  }

  private selector(metric: string, handedTo?: string): ValueType {
    this.selectors.push({ metric, labels: this.matchers(), handedTo });
    if (!this.at('[')) return 'instant';
    this.take();
    if (this.take().kind !== 'duration') this.refuse('a duration in [ ]');
    this.expect(']');
    return 'range';
  }

  private matchers(): string[] {
    const labels: string[] = [];
    if (!this.at('{')) return labels;
    this.take();
    while (!this.at('}')) {
      labels.push(this.name());
      if (!['=', '!=', '=~', '!~'].includes(this.take().text)) this.refuse('=, !=, =~ or !~ after a label');
      if (this.take().kind !== 'string') this.refuse('a text after a label');
      if (!this.at('}')) this.expect(',');
    }
    this.expect('}');
    return labels;
  }

  private get token(): Token {
    return this.tokens[this.next]!;
  }

  private at(text: string): boolean {
    return this.token.text === text;
  }

  private take(): Token {
    const taken = this.token;
    if (taken.kind !== 'end') this.next++;
    return taken;
  }

  private name(): string {
    const { kind, text } = this.take();
    if (kind !== 'name') this.refuse(`a label, not "${text}"`);
    return text;
  }

  private expect(text: string): void {
    if (!this.at(text)) this.refuse(`"${text}", not "${this.token.text}"`);
    this.take();
  }

  private closed(inner: ValueType): ValueType {
    this.expect(')');
    return inner;
  }

  private refuse(wanted: string): never {
    throw new SyntaxError(`${wanted} was expected at ${this.token.at} of: ${this.text}`);
  }
}
