/** Who a process is on the bus. */
export interface BusLogin {
  readonly user: string;
  readonly password: string;
}

/** The servers of a URL, without what the client does not read from it. */
export interface BusAddress {
  /** `host:4222`, one a server. */
  readonly servers: readonly string[];
  readonly login?: BusLogin;
  /** One of them is named `tls://`: none is spoken to in the clear. */
  readonly tls: boolean;
}

/**
 * Takes `tls://user:password@host:4222,host2:4222` apart. User and password are percent-encoded and stand with one
 * server, or the same with each.
 * @throws Error when a part is no address, or two servers name different logins; its message holds no password
 */
export function readBusAddress(url: string): BusAddress {
  const parts = url.split(',').map((part) => readPart(part.trim()));
  const logins = parts.flatMap(({ username, password }) => (username ? [{ user: decodeURIComponent(username), password: decodeURIComponent(password) }] : []));
  if (logins.some(({ user, password }) => user !== logins[0]!.user || password !== logins[0]!.password)) {
    throw new Error('the servers of the bus are given with different logins; a process has one');
  }
  return {
    servers: parts.map(({ hostname, port }) => `${hostname}:${port || 4222}`),
    ...(logins[0] && { login: logins[0] }),
    tls: parts.some(({ protocol }) => protocol === 'tls:'),
  };
}

function readPart(text: string): URL {
  const address = text.includes('://') ? text : `nats://${text}`;
  if (!URL.canParse(address)) throw new Error('an address of the bus is no URL like nats://host:4222');
  const url = new URL(address);
  if (url.protocol !== 'nats:' && url.protocol !== 'tls:') throw new Error(`the bus is reached by nats:// or tls://, not by ${url.protocol}//`);
  return url;
}
