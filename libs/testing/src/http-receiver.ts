import { Problem } from '#leadwire/kernel';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came: its path with the query, its headers, its very bytes. */
export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Stands where the gateway does and takes webhooks over HTTP. */
export class HttpReceiver {
  private readonly server = createServer((request, response) => {
    void this.statusFor(request).then((status) => response.writeHead(status).end());
  });

  private constructor(private readonly take: (request: ReceivedRequest) => Promise<number>) {}

  /** Listens on a free port of 127.0.0.1; `take` answers the status of each request, 500 when it throws. */
  static async start(take: (request: ReceivedRequest) => Promise<number>): Promise<HttpReceiver> {
    const receiver = new HttpReceiver(take);
    await new Promise<void>((ready) => receiver.server.listen(0, '127.0.0.1', ready));
    return receiver;
  }

  /** Where it is reached, without a path. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Closes, cutting what is still open. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async statusFor(request: IncomingMessage): Promise<number> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      return await this.take({ path: request.url ?? '/', headers: request.headers, body: Buffer.concat(chunks) });
    } catch {
      return 500;
    }
  }
}

/** The status the gateway answers for what came of a webhook: 204, the status of the Problem, or 500. */
export async function webhookStatus(outcome: Promise<unknown>): Promise<number> {
  try {
    await outcome;
    return 204;
  } catch (error) {
    return error instanceof Problem ? error.type.status : 500;
  }
}
