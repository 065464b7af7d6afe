import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy before a real server, whose connections a test can cut, stall and restore. */
export class CuttableProxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private open = true;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async before(url: string): Promise<CuttableProxy> {
    const server = createServer();
    const proxy = new CuttableProxy(server, new URL(url));
    server.on('connection', (socket) => proxy.accept(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.toString().replace(/\/$/, '');
  }

  /** Drops every connection and takes no new one. */
  cut(): void {
    this.open = false;
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** What the server sends from now on is swallowed, as by a link that dies before anyone notices. */
  swallow(): void {
    for (const [near, far] of this.pairs) {
      far.unpipe(near);
      far.resume();
    }
  }

  restore(): void {
    this.open = true;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(near: Socket): void {
    if (!this.open) return void near.destroy();
    const far = connect(Number(this.target.port), this.target.hostname);
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  }
}
