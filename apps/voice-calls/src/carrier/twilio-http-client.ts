import { Agent } from 'node:http';
import twilio from 'twilio';

export interface TwilioHttpOptions {
  /** Where the API stands; `https://api.twilio.com` when not given. */
  baseUrl?: string;
  /** Milliseconds for one request. */
  timeoutMs: number;
  maxSockets: number;
}

/** The SDK's own client with one difference: the API's host may be another one. */
export class TwilioHttpClient extends twilio.RequestClient {
  constructor({ baseUrl, timeoutMs, maxSockets }: TwilioHttpOptions) {
    // autoRetry stays off: whether to send again is decided by who knows what was sent.
    super({ timeout: timeoutMs, keepAlive: true, maxSockets, maxTotalSockets: maxSockets, autoRetry: false });
    this.axios.defaults.httpAgent = new Agent({ keepAlive: true, maxSockets });
    if (!baseUrl) return;
    this.axios.interceptors.request.use((request) => {
      const asked = new URL(request.url ?? '/', 'https://api.twilio.com');
      return { ...request, url: new URL(asked.pathname + asked.search, baseUrl).href };
    });
  }
}
