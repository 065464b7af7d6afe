import type { Operation } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../gateway.config.js';

const WINDOW_MS = 60_000;
const TRACKED = 50_000;

/** What is left of a caller's budget, as the RateLimit headers tell it. */
export interface Budget {
  limit: number;
  remaining: number;
  resetSeconds: number;
}

/** Counts cost units per caller (or address, before sign-in) in windows of a minute, at this replica. */
@Injectable()
export class RateLimiter {
  private readonly windows = new Map<string, { used: number; until: number }>();

  constructor(private readonly config: GatewayConfig) {}

  /** Takes an operation's cost; throws `request.rate-limited` with the seconds to wait when the budget is used up. */
  take(key: string, operation: Operation): Budget | undefined {
    const limit = this.config.rateLimitPerMinute;
    // Signed webhooks come in bursts from few addresses, and are cheap to refuse when forged.
    if (limit === 0 || operation.http?.body === 'raw') return undefined;
    const window = this.window(key);
    window.used += operation.cost ?? 1;
    const resetSeconds = Math.ceil((window.until - Date.now()) / 1000);
    if (window.used > limit) throw Problems.rateLimited({ extra: { retryAfter: resetSeconds } });
    return { limit, remaining: limit - window.used, resetSeconds };
  }

  private window(key: string): { used: number; until: number } {
    const known = this.windows.get(key);
    if (known && known.until > Date.now()) return known;
    if (this.windows.size >= TRACKED) this.windows.delete(this.windows.keys().next().value!);
    const window = { used: 0, until: Date.now() + WINDOW_MS };
    this.windows.set(key, window);
    return window;
  }
}
