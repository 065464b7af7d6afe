/** The ledger as one would explain it: two numbers, a list of postings, a list of holds. Micro-units, no SQL. */
type Kind = 'topup' | 'debit' | 'reserve' | 'capture' | 'release' | 'reverse';

export type Operation =
  | { kind: 'topup' | 'debit' | 'reserve'; amount: number; key?: number }
  | { kind: 'capture'; amount: number; target: number; key?: number }
  | { kind: 'release' | 'reverse'; target: number; key?: number };

/** `posting`: the how-manieth posting it made or replayed, -1 for none. */
export interface Outcome {
  verdict: string;
  posting: number;
}

interface Posting {
  kind: Kind;
  amount: bigint;
  reversed: boolean;
}

const refused = (verdict: string): Outcome => ({ verdict, posting: -1 });

export class LedgerModel {
  current = 0n;
  reserved = 0n;
  private readonly postings: Posting[] = [];
  private readonly holds: { amount: bigint; open: boolean }[] = [];
  private readonly keys = new Map<string, { input: string; posting: number }>();

  constructor(private readonly limit: bigint) {}

  play(op: Operation, key: string): Outcome {
    if ((op.kind === 'capture' || op.kind === 'release') && !this.holds[op.target]) return refused('not_found');
    if (op.kind === 'reverse' && !this.postings[op.target]) return refused('not_found');
    const input = JSON.stringify({ ...op, key: undefined });
    const known = this.keys.get(key);
    if (known) return known.input === input ? { verdict: 'replayed', posting: known.posting } : refused('conflict');
    const verdict = this[op.kind](op as never);
    if (verdict !== 'ok') return refused(verdict);
    const posting = this.postings.push({ kind: op.kind, amount: this.moved, reversed: false }) - 1;
    this.keys.set(key, { input, posting });
    return { verdict, posting };
  }

  private moved = 0n;

  private missing = (amount: bigint): boolean => this.current - this.reserved + this.limit < amount;

  private topup(op: { amount: number }): string {
    this.moved = BigInt(op.amount);
    this.current += this.moved;
    return 'ok';
  }

  private debit(op: { amount: number }): string {
    if (this.missing(BigInt(op.amount))) return 'insufficient';
    this.moved = BigInt(op.amount);
    this.current -= this.moved;
    return 'ok';
  }

  private reserve(op: { amount: number }): string {
    if (this.missing(BigInt(op.amount))) return 'insufficient';
    this.moved = BigInt(op.amount);
    this.reserved += this.moved;
    this.holds.push({ amount: this.moved, open: true });
    return 'ok';
  }

  private capture(op: { amount: number; target: number }): string {
    const hold = this.holds[op.target]!;
    if (!hold.open) return 'already_resolved';
    if (BigInt(op.amount) > hold.amount) return 'insufficient';
    hold.open = false;
    this.moved = BigInt(op.amount);
    this.reserved -= hold.amount;
    this.current -= this.moved;
    return 'ok';
  }

  private release(op: { target: number }): string {
    const hold = this.holds[op.target]!;
    if (!hold.open) return 'already_resolved';
    hold.open = false;
    this.moved = hold.amount;
    this.reserved -= hold.amount;
    return 'ok';
  }

  private reverse(op: { target: number }): string {
    const posting = this.postings[op.target]!;
    if (!['topup', 'debit', 'capture'].includes(posting.kind)) return 'invalid';
    if (posting.reversed) return 'already_resolved';
    if (posting.kind === 'topup' && this.missing(posting.amount)) return 'insufficient';
    posting.reversed = true;
    this.moved = posting.amount;
    this.current += posting.kind === 'topup' ? -posting.amount : posting.amount;
    return 'ok';
  }
}
