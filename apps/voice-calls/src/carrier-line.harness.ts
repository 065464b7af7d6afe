import { voiceCallsOperations as operations, type CarrierCallback } from '#leadwire/contracts';
import { Problem } from '#leadwire/kernel';
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Operation = typeof operations.receiveCallStatus;
export type Forward = (operation: Operation, input: CarrierCallback) => Promise<unknown>;

async function listen(handle: (request: IncomingMessage, body: Buffer, response: ServerResponse) => Promise<void>): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void handle(request, Buffer.concat(chunks), response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

/** Takes the carrier's callbacks over HTTP and hands them on as the gateway does. */
export class CallbackReceiver {
  forward: Forward = () => Promise.reject(new Error('no service yet'));
  url = '';
  private server!: Server;

  async start(): Promise<void> {
    ({ url: this.url, server: this.server } = await listen(async (request, body, response) => {
      response.writeHead(await this.hand(request, body)).end();
    }));
  }

  stop(): Promise<void> {
    return close(this.server);
  }

  private async hand(request: IncomingMessage, body: Buffer): Promise<number> {
    const [, token, kind] = /^\/v1\/hooks\/carrier\/([^/]+)\/(status|transcription)$/.exec(request.url ?? '') ?? [];
    if (!token) return 404;
    const headers = { 'x-twilio-signature': String(request.headers['x-twilio-signature'] ?? '') };
    const operation = kind === 'status' ? operations.receiveCallStatus : operations.receiveTranscription;
    try {
      await this.forward(operation, { token, rawBody: body.toString('base64'), headers, requestUrl: this.url + request.url });
      return 204;
    } catch (error) {
      return error instanceof Problem ? error.type.status : 500;
    }
  }
}

/** The line to the carrier: what is sent arrives, and the answer to an order of chosen numbers is lost on the way back. */
export class LossyLine {
  readonly losesAnswerTo = new Set<string>();
  /** Numbers whose next order is refused at the door, with 503. */
  readonly refusesOnce = new Set<string>();
  /** The calls that were asked to be hung up. */
  readonly hungUp: string[] = [];
  /** Runs before an order is passed on. */
  beforeOrder: (to: string) => Promise<unknown> = () => Promise.resolve();
  url = '';
  private server!: Server;

  async start(carrierUrl: string): Promise<void> {
    ({ url: this.url, server: this.server } = await listen((request, body, response) => this.pass(carrierUrl, request, body, response)));
  }

  stop(): Promise<void> {
    return close(this.server);
  }

  private async pass(carrierUrl: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const to = request.method === 'POST' ? new URLSearchParams(body.toString()).get('To') : null;
    const [, sid] = /Calls\/(\w+)\.json/.exec(request.url ?? '') ?? [];
    if (request.method === 'POST' && sid) this.hungUp.push(sid);
    if (to) await this.beforeOrder(to);
    if (to && this.refusesOnce.delete(to)) return void response.writeHead(503).end('{}');
    this.passOn(carrierUrl, request, body, response, to !== null && this.losesAnswerTo.has(to));
  }

  private passOn(carrierUrl: string, request: IncomingMessage, body: Buffer, response: ServerResponse, lost: boolean): void {
    const onwards = httpRequest(carrierUrl + request.url, { method: request.method, headers: request.headers }, (answer) => {
      if (lost) return void request.socket.destroy();
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    onwards.end(body);
  }
}
