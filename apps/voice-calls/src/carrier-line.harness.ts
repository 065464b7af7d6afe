import { voiceCallsOperations as operations, type CarrierCallback } from '#leadwire/contracts';
import { HttpReceiver, webhookStatus, type ReceivedRequest } from '#leadwire/testing';
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

type Operation = typeof operations.receiveCallStatus;
export type Forward = (operation: Operation, input: CarrierCallback) => Promise<unknown>;

/** Takes the carrier's callbacks over HTTP and hands them on as the gateway does. */
export class CallbackReceiver {
  forward: Forward = () => Promise.reject(new Error('no service yet'));
  private http!: HttpReceiver;

  async start(): Promise<void> {
    this.http = await HttpReceiver.start((request) => this.hand(request));
  }

  get url(): string {
    return this.http.url;
  }

  stop(): Promise<void> {
    return this.http.close();
  }

  private async hand({ path, headers, body }: ReceivedRequest): Promise<number> {
    const [, token, kind] = /^\/v1\/hooks\/carrier\/([^/]+)\/(status|transcription)$/.exec(path) ?? [];
    if (!token) return 404;
    const signed = { 'x-twilio-signature': String(headers['x-twilio-signature'] ?? '') };
    const operation = kind === 'status' ? operations.receiveCallStatus : operations.receiveTranscription;
    const callback = { token, rawBody: body.toString('base64'), headers: signed, requestUrl: this.url + path };
    return webhookStatus(this.forward(operation, callback));
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
    this.server = createServer((request, response) => {
      this.pass(carrierUrl, request, response).catch(() => response.destroy());
    });
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async pass(carrierUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
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
