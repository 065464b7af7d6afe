import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

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

  private readonly server = createServer(async (request, response) => {
    const webhook = await read(request, this.url);
    this.received.push(webhook);
    response.writeHead(await this.forward(webhook)).end();
  });

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((ready) => receiver.server.listen(0, '127.0.0.1', ready));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/hooks/payments`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

async function read(request: IncomingMessage, requestUrl: string): Promise<ForwardedWebhook> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = { 'stripe-signature': String(request.headers['stripe-signature'] ?? '') };
  return { rawBody: Buffer.concat(chunks).toString('base64'), headers, requestUrl };
}
