import { identityOperations as operations, sessionRevoked, tokenReuseDetected } from '#leadwire/contracts';
import type { ServiceHarness } from '#leadwire/testing';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIdentity } from '../identity.harness.js';

describe('sessions', () => {
  let identity: ServiceHarness;
  let tenantId: string;
  const password = 'a long enough sentence';

  beforeAll(async () => {
    identity = await startIdentity();
    ({ tenantId } = await identity.call(operations.register, { tenantName: 'Acme', email: 'Owner@acme.example', password }));
  });
  afterAll(() => identity.stop());

  const signIn = (secret = password, email = 'owner@acme.example') => identity.call(operations.signIn, { email, password: secret });

  it('signs in whatever the case of the mail, with a token that the published key verifies', async () => {
    const pair = await signIn(password, 'OWNER@acme.example');
    const jwks = await identity.call(operations.jwks, {});
    const { payload } = await jwtVerify(pair.accessToken, createLocalJWKSet(jwks as never), { audience: 'leadwire-api' });
    expect(payload).toMatchObject({ tid: tenantId, role: 'owner', iss: 'leadwire-identity' });
  });

  it('answers a wrong mail and a wrong password alike', async () => {
    await expect(signIn('wrong password')).rejects.toMatchObject({ code: 'identity.bad-credentials' });
    await expect(signIn(password, 'nobody@acme.example')).rejects.toMatchObject({ code: 'identity.bad-credentials' });
  });

  it('rotates the refresh token, and forgives a repetition within the grace', async () => {
    const first = await signIn();
    const second = await identity.call(operations.refresh, { refreshToken: first.refreshToken });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(identity.call(operations.refresh, { refreshToken: first.refreshToken })).resolves.toBeDefined();
  });

  it('revokes the family of a token that comes back after the grace', async () => {
    const first = await signIn();
    const second = await identity.call(operations.refresh, { refreshToken: first.refreshToken });
    await identity.rows(`update refresh_tokens set used_at = used_at - interval '31 seconds' where used_at is not null`);
    await expect(identity.call(operations.refresh, { refreshToken: first.refreshToken })).rejects.toMatchObject({ code: 'identity.bad-refresh-token' });
    await expect(identity.call(operations.refresh, { refreshToken: second.refreshToken })).rejects.toMatchObject({ code: 'identity.bad-refresh-token' });
    expect(await identity.told(tokenReuseDetected, tenantId)).toHaveLength(1);
    expect((await identity.told(sessionRevoked, tenantId))[0]!.payload).toMatchObject({ reason: 'token-reuse' });
  });

  it('ends the session at sign-out', async () => {
    const pair = await signIn();
    await identity.call(operations.signOut, { refreshToken: pair.refreshToken });
    await expect(identity.call(operations.refresh, { refreshToken: pair.refreshToken })).rejects.toMatchObject({ code: 'identity.bad-refresh-token' });
  });

  it('locks the account after ten failures, also for the right password', async () => {
    await identity.call(operations.register, { tenantName: 'Locked', email: 'locked@acme.example', password });
    for (let i = 0; i < 10; i++) await expect(signIn('wrong password', 'locked@acme.example')).rejects.toMatchObject({ code: 'identity.bad-credentials' });
    await expect(signIn(password, 'locked@acme.example')).rejects.toMatchObject({ code: 'identity.too-many-attempts' });
  });
});
