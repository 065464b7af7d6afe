import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { givenAddresses, natsEndpoints, withoutPassword } from './given-services.mjs';
import { readNatsInfo } from './nats-info.mjs';

describe('given addresses', () => {
  it('are taken both or not at all', () => {
    expect(givenAddresses({})).toBeUndefined();
    expect(givenAddresses({ DATABASE_URL: 'postgres://a', NATS_URL: 'nats://b' })).toEqual({ databaseUrl: 'postgres://a', natsUrl: 'nats://b' });
    expect(() => givenAddresses({ NATS_URL: 'nats://b' })).toThrow('NATS_URL is set but DATABASE_URL is not');
    expect(() => givenAddresses({ DATABASE_URL: 'postgres://a', NATS_URL: '' })).toThrow('DATABASE_URL is set but NATS_URL is not');
  });

  it('name several NATS servers, with the usual port and scheme where they are left out', () => {
    expect(natsEndpoints('nats://me:secret@one:5222, two,tls://[::1]:4333')).toEqual([
      { host: 'one', port: 5222 },
      { host: 'two', port: 4222 },
      { host: '::1', port: 4333 },
    ]);
  });

  it('are never shown with their password', () => {
    expect(withoutPassword('postgres://me:s3:cret@host/db')).toBe('postgres://me:…@host/db');
    expect(withoutPassword('nats://one:a@x,nats://two:b@y')).toBe('nats://one:…@x,nats://two:…@y');
    expect(withoutPassword('nats://host:4222')).toBe('nats://host:4222');
  });
});

describe('readNatsInfo', () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function answer(text: string) {
    server = createServer((socket) => socket.end(text)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return readNatsInfo({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  }

  it('reads what a server says of itself', async () => {
    expect(await answer('INFO {"version":"2.12.0","jetstream":true} \r\n')).toEqual({ version: '2.12.0', jetstream: true });
  });

  it('refuses whatever is no NATS server', async () => {
    await expect(answer('HTTP/1.1 400 Bad Request\r\n\r\n')).rejects.toThrow('closed without a word of NATS');
  });
});
