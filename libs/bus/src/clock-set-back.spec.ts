import { testServers, until } from '#leadwire/testing';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { Bus } from './bus.js';

const HOUR_MS = 3_600_000;

afterEach(() => vi.restoreAllMocks());

it('the bus comes back after its connection broke, also when the clock was set back by an hour', async () => {
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(testServers().natsUrl);
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const bus = await Bus.connect({ url: `nats://127.0.0.1:${(proxy.address() as AddressInfo).port}`, name: 'test' });
  const now = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => now() - HOUR_MS);
  const before = sockets.size;
  for (const socket of sockets) socket.destroy();
  await until('it is connected again', async () => sockets.size > before && (await bus.connection.rtt()) >= 0, 10_000);
  expect(bus.connected).toBe(true);
  await bus.close();
  proxy.close();
});
