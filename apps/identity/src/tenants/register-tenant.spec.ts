import { identityOperations as operations, membershipAdded, tenantCreated, userRegistered } from '#leadwire/contracts';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIdentity } from '../identity.harness.js';

describe('register', () => {
  let identity: ServiceHarness;
  beforeAll(async () => void (identity = await startIdentity()));
  afterAll(() => identity.stop());

  const input = { tenantName: 'Acme Homes', email: 'owner@acme.example', password: 'a long enough sentence', country: 'ES' };

  it('makes tenant, owner and membership, tells of each, and the relay publishes it', async () => {
    const { tenantId, userId } = await identity.call(operations.register, input);
    expect((await identity.told(tenantCreated, tenantId))[0]!.payload).toMatchObject({ name: 'Acme Homes', country: 'ES' });
    expect((await identity.told(userRegistered, tenantId))[0]).toMatchObject({ aggregateId: userId });
    expect((await identity.told(membershipAdded, tenantId))[0]!.payload).toEqual({ userId, role: 'owner' });
    await until('the outbox is empty', async () => (await identity.rows('select 1 from domain_events where not processed')).length === 0);
  });

  it('leaves nothing behind when the mail is taken', async () => {
    const before = await identity.rows('select count(*) from tenants');
    await expect(identity.call(operations.register, { ...input, tenantName: 'Other' })).rejects.toMatchObject({ code: 'identity.email-taken' });
    expect(await identity.rows('select count(*) from tenants')).toEqual(before);
  });

  it('answers the same key and body the same, and refuses the key with another body', async () => {
    const mine = { ...input, tenantName: 'Twice', email: 'twice@acme.example' };
    const first = await identity.call(operations.register, mine, undefined, 'key-1');
    expect(await identity.call(operations.register, mine, undefined, 'key-1')).toEqual(first);
    await expect(identity.call(operations.register, { ...mine, tenantName: 'Else' }, undefined, 'key-1')).rejects.toMatchObject({ code: 'idempotency.conflict' });
  });

  it('refuses a common password, a short one, an unknown field', async () => {
    await expect(identity.call(operations.register, { ...input, password: 'password123' })).rejects.toMatchObject({ code: 'identity.password-too-common' });
    await expect(identity.call(operations.register, { ...input, password: 'short' })).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(identity.call(operations.register, { ...input, role: 'superadmin' } as never)).rejects.toMatchObject({
      details: { errors: [{ field: 'role' }] },
    });
  });
});
