/** Where a command writes to. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

/** What a command says: for people, or as JSON for programs. */
export class Output {
  constructor(
    private readonly streams: Streams,
    readonly json: boolean,
  ) {}

  /** The command's answer: one JSON document, or text for people. */
  show(data: unknown, text: () => string): void {
    this.streams.out(`${this.json ? JSON.stringify(data, null, 2) : text()}\n`);
  }

  /** One of many answers, as it comes: a line of JSON, or of text. */
  line(data: unknown, text: () => string): void {
    this.streams.out(`${this.json ? JSON.stringify(data) : text()}\n`);
  }

  /** A word beside the answer; never in the way of who reads the answer by a program. */
  note(text: string): void {
    this.streams.err(`${text}\n`);
  }
}

/** `1 dead letter`, `1,234 dead letters`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}
