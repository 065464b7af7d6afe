import type { DeliveryLookup } from './delivery-lookup.port.js';

const answerWithinMs = 5_000;

/** Asks the local mail process, as one would ask a provider's message search. */
export class HttpDeliveryLookup implements DeliveryLookup {
  constructor(private readonly baseUrl: string) {}

  async find(messageId: string): Promise<'accepted' | 'not-found' | 'unavailable'> {
    const url = new URL('/_local/messages', this.baseUrl);
    url.searchParams.set('messageId', messageId);
    url.searchParams.set('limit', '1');
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) });
      if (!answer.ok) return 'unavailable';
      const { total } = (await answer.json()) as { total?: unknown };
      if (typeof total !== 'number') return 'unavailable';
      return total > 0 ? 'accepted' : 'not-found';
    } catch {
      return 'unavailable';
    }
  }
}
