import { HttpReceiver, type ReceivedRequest } from '#leadwire/testing';

const PATH = '/v1/hooks/payments';

/** A webhook as the gateway hands it on. */
export interface ForwardedWebhook {
  rawBody: string;
  headers: Record<string, string>;
  requestUrl: string;
}

/** Stands where the gateway does: takes webhooks over HTTP, hands on their very bytes, answers what came of it. */
export class WebhookReceiver {
  readonly received: ForwardedWebhook[] = [];
  /** What each is given to; answers the status. */
  forward: (webhook: ForwardedWebhook) => Promise<number> = async () => 204;
  private http!: HttpReceiver;

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.http = await HttpReceiver.start((request) => receiver.take(request));
    return receiver;
  }

  get url(): string {
    return this.http.url + PATH;
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private take({ body, headers }: ReceivedRequest): Promise<number> {
    const signature = String(headers['stripe-signature'] ?? '');
    const webhook = { rawBody: body.toString('base64'), headers: { 'stripe-signature': signature }, requestUrl: this.url };
    this.received.push(webhook);
    return this.forward(webhook);
  }
}
