import { Bus, RequestHeaders } from '#leadwire/bus';
import { identityOperations } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { headers } from '@nats-io/transport-node';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, stopGateway } from '../gateway.harness.js';
import { AccessTokenVerifier } from './access-token.verifier.js';

describe('access tokens', () => {
  let gateway: NestFastifyApplication;
  let key: CryptoKey;
  let asked = 0;
  const tenantId = newId();

  beforeAll(async () => {
    gateway = await startGateway();
    const pair = await generateKeyPair('EdDSA');
    key = pair.privateKey;
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'EdDSA' }] };
    const bus = gateway.get(Bus);
    bus.connection.subscribe(bus.subject(identityOperations.jwks.subject), {
      callback: (_, message) => {
        asked++;
        const head = headers();
        head.set(RequestHeaders.outcome, 'ok');
        message.respond(JSON.stringify(jwks), { headers: head });
      },
    });
    await bus.connection.flush();
  });
  afterAll(() => stopGateway(gateway));

  const verify = (token: string) => gateway.get(AccessTokenVerifier).verify(token);
  const now = () => Math.floor(Date.now() / 1000);

  function sign(claims: JWTPayload = {}, head: { kid?: string } = {}): Promise<string> {
    const usual = { sub: newId(), tid: tenantId, cap: ['leads:read'], iss: 'leadwire-identity', aud: 'leadwire-api', exp: now() + 60 };
    return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: 'one', ...head }).sign(key);
  }

  it('says who a good one speaks for', async () => {
    await expect(verify(await sign())).resolves.toMatchObject({ tenantId, capabilities: ['leads:read'], actor: { kind: 'user' } });
  });

  it('asks for the keys once, and not again for every unknown key id', async () => {
    const before = asked;
    for (let i = 0; i < 5; i++) await expect(verify(await sign({}, { kid: `forged-${i}` }))).rejects.toMatchObject({ code: 'auth.unauthenticated' });
    expect(asked - before).toBe(0);
  });

  it.each([
    ['expired', () => ({ exp: now() - 1 }), 'The access token has expired; refresh it.'],
    ['not valid yet', () => ({ nbf: now() + 60 }), 'The access token is not valid.'],
    ['without expiry', () => ({ exp: undefined }), 'The access token is not valid.'],
    ['for another audience', () => ({ aud: 'leadwire-bus' }), 'The access token is not valid.'],
    ['of another issuer', () => ({ iss: 'somebody' }), 'The access token is not valid.'],
    ['without a tenant', () => ({ tid: undefined }), 'The access token is not valid.'],
  ])('refuses one that is %s, though well signed', async (_, claims, detail) => {
    await expect(verify(await sign(claims()))).rejects.toMatchObject({ code: 'auth.unauthenticated', details: { detail } });
  });
});
