import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Random } from '../plan/random.js';
import { FaultPipe } from './fault-pipe.js';

interface Line {
  readonly sockets: [Socket, Socket];
  readonly pipes: [FaultPipe, FaultPipe];
}

/** Stands between one replica and one server; its connections can be cut, refused, slowed, or stalled one by one. */
export class FaultProxy {
  private readonly lines = new Set<Line>();
  private open = true;
  /** Milliseconds by which every chunk is late, in each direction. */
  delayMs = 0;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: () => number,
  ) {}

  static async listen(targetPort: () => number): Promise<FaultProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new FaultProxy(server, targetPort);
    server.on('connection', (socket) => proxy.accept(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection and refuses new ones, until `restore`. */
  cut(): void {
    this.open = false;
    this.reset();
  }

  restore(): void {
    this.open = true;
    this.delayMs = 0;
    for (const { pipes } of this.lines) for (const pipe of pipes) pipe.release();
  }

  /** Resets every connection; new ones are taken. */
  reset(): void {
    for (const { sockets } of this.lines) for (const socket of sockets) socket.resetAndDestroy();
  }

  /** Nothing goes through the connections there are, or through one of them; nobody is told. */
  stall(random?: Random): void {
    const lines = [...this.lines];
    const stalled = random && lines.length > 0 ? [random.pick(lines)] : lines;
    for (const { pipes } of stalled) for (const pipe of pipes) pipe.hold();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private accept(near: Socket): void {
    if (!this.open) return void near.resetAndDestroy();
    const far = connect({ port: this.targetPort(), host: '127.0.0.1', noDelay: true });
    const delay = (): number => this.delayMs;
    const line: Line = { sockets: [near, far], pipes: [new FaultPipe(far, delay), new FaultPipe(near, delay)] };
    this.lines.add(line);
    near.on('data', (chunk: Buffer) => line.pipes[0].push(chunk));
    far.on('data', (chunk: Buffer) => line.pipes[1].push(chunk));
    for (const socket of line.sockets) {
      socket.on('error', () => undefined);
      socket.on('close', () => this.drop(line));
    }
  }

  private drop(line: Line): void {
    if (!this.lines.delete(line)) return;
    for (const pipe of line.pipes) pipe.end();
    for (const socket of line.sockets) socket.destroy();
  }
}
