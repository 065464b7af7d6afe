import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findFreePort, isFree } from './free-port.mjs';

const listen = () =>
  new Promise<{ port: number; close: () => Promise<void> }>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () => new Promise((closed) => server.close(() => closed())),
      }),
    );
  });

describe('findFreePort', () => {
  it('keeps the port of the last run while nobody else has it', async () => {
    const { port, close } = await listen();
    expect(await isFree(port)).toBe(false);
    expect(await findFreePort({ preferred: port })).not.toBe(port);
    await close();
    expect(await findFreePort({ preferred: port })).toBe(port);
  });

  it('stays below the ports that outgoing connections are given, and off those it is told to avoid', async () => {
    const first = await findFreePort();
    const second = await findFreePort({ preferred: first, avoid: [first] });
    expect(second).not.toBe(first);
    for (const port of [first, second]) {
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port).toBeLessThan(30_000);
    }
  });
});
