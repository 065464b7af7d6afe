import type { ContextRefused } from './context-refused.js';

/** Claims told apart in an hour by one process; further ones are counted together, as claiming `*`. */
export const DISTINCT_CLAIMS = 100;

const HOUR_MS = 3_600_000;
const LONGEST = 100;

/** How often one thing was refused since the last taking. */
export interface Refusal {
  /** The full hour, UTC. */
  readonly hour: Date;
  readonly operation: string;
  readonly reason: string;
  readonly issuer: string;
  readonly tenantId: string;
  refusals: number;
  readonly firstAt: Date;
  lastAt: Date;
  requestId: string;
}

/** Counts refusals by what they claim, in bounded memory. */
export class RefusalTally {
  private readonly open = new Map<string, Refusal>();
  private readonly distinct = new Set<string>();
  private hour = 0;

  add(operation: string, requestId: string, { reason, claimed }: ContextRefused): void {
    const now = new Date();
    const hour = new Date(now.getTime() - (now.getTime() % HOUR_MS));
    const { issuer, tenantId } = this.bounded(hour, printable(claimed.issuer), printable(claimed.tenantId));
    this.merge({ hour, operation, reason, issuer, tenantId, refusals: 1, firstAt: now, lastAt: now, requestId: printable(requestId) });
  }

  /** What was counted, which starts anew. */
  take(): Refusal[] {
    const taken = [...this.open.values()];
    this.open.clear();
    return taken;
  }

  /** Counts again what was taken and could not be written. */
  giveBack(refusals: readonly Refusal[]): void {
    for (const refusal of refusals) this.merge(refusal);
  }

  // Both are what an attacker chose: without a limit each forged request could be a row of its own.
  private bounded(hour: Date, issuer: string, tenantId: string): { issuer: string; tenantId: string } {
    if (this.hour !== hour.getTime()) this.distinct.clear();
    this.hour = hour.getTime();
    const claim = `${issuer}\n${tenantId}`;
    if (this.distinct.has(claim)) return { issuer, tenantId };
    if (this.distinct.size >= DISTINCT_CLAIMS) return { issuer: '*', tenantId: '*' };
    this.distinct.add(claim);
    return { issuer, tenantId };
  }

  private merge(refusal: Refusal): void {
    const { hour, operation, reason, issuer, tenantId } = refusal;
    const key = JSON.stringify([hour, operation, reason, issuer, tenantId]);
    const known = this.open.get(key);
    if (!known) return void this.open.set(key, refusal);
    known.refusals += refusal.refusals;
    known.lastAt = refusal.lastAt;
    known.requestId = refusal.requestId;
  }
}

// What no column and no log should hold is a question mark.
function printable(text: string): string {
  return text.slice(0, LONGEST).replaceAll(/[^\x20-\x7e]/g, '?');
}
