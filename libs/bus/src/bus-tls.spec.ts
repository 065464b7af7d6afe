import { natsProgram, PrivateNats, until } from '#leadwire/testing';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bus } from './bus.js';
import type { BusTls } from './bus-tls.js';
import { TestCertificates } from './test-certificates.harness.js';

const certificates = new TestCertificates();
const stranger = new TestCertificates();
let nats: PrivateNats | undefined;

beforeAll(() => {
  for (const [authority, name] of [[certificates, 'server'], [certificates, 'leads'], [stranger, 'leads']] as const) authority.sign(name);
});
afterAll(() => {
  certificates.remove();
  stranger.remove();
});

const own: BusTls = { caFile: certificates.certificate('ca'), certFile: certificates.certificate('leads'), keyFile: certificates.key('leads') };
const connect = (tls: BusTls | undefined, scheme = 'tls') => Bus.connect({ url: `${scheme}://localhost:${nats?.port ?? 4222}`, name: 'test-tls', ...(tls && { tls }) });

/** How often a client was turned away before it gave up waiting, with nothing got through. */
async function isRefused(tls: BusTls, port: number): Promise<boolean> {
  const attempt = Bus.connect({ url: `tls://localhost:${port}`, name: 'test-refused', tls }).then((bus) => bus.close().then(() => 'connected'), () => 'refused');
  return (await Promise.race([attempt, new Promise((resolve) => setTimeout(resolve, 1_500))])) !== 'connected';
}

describe.skipIf(!natsProgram())('a bus that asks for TLS', () => {
  beforeAll(async () => {
    nats = await PrivateNats.start(`tls { cert_file: "${certificates.certificate('server')}", key_file: "${certificates.key('server')}",
      ca_file: "${certificates.certificate('ca')}", verify: true }`);
  });
  afterAll(() => nats!.stop());

  it('is spoken to encrypted, by whoever shows a certificate of its authority', async () => {
    const bus = await connect(own);
    bus.connection.subscribe('echo', { callback: (_, message) => void message.respond('heard') });
    expect((await bus.connection.request('echo')).string()).toBe('heard');
    expect(bus.connection.info!.tls_required).toBe(true);
    await bus.close();
  });

  it('turns away who shows another authority’s certificate, and is turned away by who trusts another authority', async () => {
    const before = nats!.log().length;
    expect(await isRefused({ ...own, certFile: stranger.certificate('leads'), keyFile: stranger.key('leads') }, nats!.port)).toBe(true);
    await until('the server noted it', () => nats!.log().slice(before).includes('TLS handshake error'));
    expect(await isRefused({ ...own, caFile: stranger.certificate('ca') }, nats!.port)).toBe(true);
  });

  it('is not spoken to in the clear when it has no TLS', async () => {
    const plain = await PrivateNats.start('');
    const heard = isRefused({ caFile: certificates.certificate('ca') }, plain.port);
    expect(await heard).toBe(true);
    await plain.stop();
  });
});

describe('settings of TLS', () => {
  it('are looked at before the first connection, and named when they do not fit', async () => {
    const missing = join(certificates.folder, 'none.pem');
    await expect(connect({ caFile: missing })).rejects.toThrow(`NATS_TLS_CA: ${missing} cannot be used`);
    await expect(connect({ certFile: own.certFile! })).rejects.toThrow('NATS_TLS_CERT and NATS_TLS_KEY go together');
    await expect(connect({ ...own, keyFile: certificates.key('server') })).rejects.toThrow('is not the key of the certificate');
    const garbage = join(certificates.folder, 'garbage.pem');
    writeFileSync(garbage, 'no certificate');
    await expect(connect({ ...own, certFile: garbage })).rejects.toThrow(`NATS_TLS_CERT: ${garbage}`);
  });

  it('refuse a scheme that is none of NATS, without a word of the password', async () => {
    await expect(connect(undefined, 'http')).rejects.toThrow('not by http://');
    await expect(Bus.connect({ url: 'nats://leads:hush@[', name: 'test' })).rejects.toThrow(/^(?!.*hush)/);
  });
});
