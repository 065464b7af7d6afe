import { connect, createInbox, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { readBusAddress, type BusLogin } from './bus-address.js';
import { checkBusTls, type BusTls } from './bus-tls.js';
import { onClockSetBack } from './clock-set-back.js';

const DRAIN_TIMEOUT_MS = 5_000;

/** Where the bus is, and how this process names itself on it. */
export interface BusOptions {
  /** `nats://user:password@host:4222`, several separated by commas; `tls://` takes no connection in the clear. */
  url: string;
  /** Instead of user and password in the URL. */
  login?: BusLogin;
  /** Asks for TLS, as `tls://` does, by these files. */
  tls?: BusTls;
  /** Shown in the server's connection list. */
  name: string;
  /** Prefix of every subject and stream, so that several installations can share one server. */
  namespace?: string;
  /** Servers of a NATS cluster that keep each stream and upload; 1 unless told. The same for every process. */
  replicas?: number;
}

/** The one connection a service holds to NATS; requests, events and streams go through it. */
export class Bus {
  private constructor(
    readonly connection: NatsConnection,
    private readonly namespace: string,
    /** What the answers' subjects begin with: the login's own, which no other may listen to. */
    readonly inboxPrefix: string,
    /** Servers that keep each stream and upload. */
    readonly replicas: number,
  ) {}

  /**
   * Connects, waiting for a server that is not there yet, and reconnects for ever after.
   * @throws AuthorizationError when the first connection is refused; Error when the address or a file of TLS is wrong
   */
  static async connect(options: BusOptions): Promise<Bus> {
    const inboxPrefix = inboxPrefixOf(loginOf(options));
    const connection = await connect({ ...connectionOptions(options), inboxPrefix });
    keepTryingWhenRefused(connection);
    void connection.closed().then(onClockSetBack(() => forgetLastDial(connection, options)));
    return new Bus(connection, options.namespace ?? '', inboxPrefix, options.replicas ?? 1);
  }

  /** A new subject for answers, for who subscribes to it by hand. */
  inbox(): string {
    return createInbox(this.inboxPrefix);
  }

  /** The subject as it stands on the server. */
  subject(name: string): string {
    return this.namespace ? `${this.namespace}.${name}` : name;
  }

  /** The name of a stream or bucket as it stands on the server. */
  streamName(name: string): string {
    return this.namespace ? `${this.namespace}-${name}` : name;
  }

  /** Largest message the server takes, in bytes. */
  get maxPayload(): number {
    return this.connection.info?.max_payload ?? 1_048_576;
  }

  get connected(): boolean {
    return !this.connection.isClosed() && this.connection.info !== undefined;
  }

  /** Lets what is under way finish, then closes; a server that does not answer is not waited for. */
  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, DRAIN_TIMEOUT_MS)));
    // Draining is refused while the connection is away: there is nothing left to send on it.
    await Promise.race([this.connection.drain().catch(() => undefined), deadline]);
    clearTimeout(timer);
    if (!this.connection.isClosed()) await this.connection.close();
  }
}

function connectionOptions(options: BusOptions): ConnectionOptions {
  const { servers, tls } = readBusAddress(options.url);
  const login = loginOf(options);
  if (options.tls) checkBusTls(options.tls);
  return {
    servers: [...servers],
    ...(login && { user: login.user, pass: login.password }),
    ...((tls || options.tls) && { tls: { ...options.tls } }),
    name: options.name,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    // Stack traces for every await cost a third of the throughput (measured on request-reply).
    noAsyncTraces: true,
  };
}

function loginOf({ url, login }: BusOptions): BusLogin | undefined {
  return login ?? readBusAddress(url).login;
}

function inboxPrefixOf(login: BusLogin | undefined): string {
  return login ? `_INBOX_${login.user}` : '_INBOX';
}

// At the start a refused login is a wrong setting and ends the process. Later it is a password being changed, or a
// server whose file of passwords was wrong for a moment: the client would close itself at the second refusal.
function keepTryingWhenRefused(connection: NatsConnection): void {
  const { options } = connection as unknown as { options: ConnectionOptions };
  options.ignoreAuthErrorAbort = true;
}

// The client dials a server again some time after it dialled it last, by the wall clock: set back by an hour, a connection
// that breaks would stay away for an hour. Servers it has not seen before it dials at once.
function forgetLastDial(connection: NatsConnection, options: BusOptions): void {
  connection.setServers(['127.0.0.1:1']);
  connection.setServers([...readBusAddress(options.url).servers]);
}
