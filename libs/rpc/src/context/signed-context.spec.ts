import { ANONYMOUS, newId, serviceCaller, type Caller } from '#leadwire/kernel';
import { SignJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { ContextKeys, generateContextKeys } from './context-keys.js';
import { SignedContexts } from './signed-context.js';

const sets = generateContextKeys(['gateway', 'leads', 'campaigns']);
const keysOf = (issuer: string): ContextKeys => ContextKeys.read(issuer, sets[issuer]!);
const contextsOf = (issuer: string): SignedContexts => new SignedContexts(keysOf(issuer));
const person: Caller = { tenantId: newId(), actor: { kind: 'user', id: newId() }, capabilities: ['leads:read'] };
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = (caller: Caller, extra: object = {}): object => ({
  tid: caller.tenantId, act: caller.actor, cap: caller.capabilities, aud: 'leads', exp: Math.floor(Date.now() / 1000) + 60, ...extra,
});

async function signed(issuer: string, kid: string, payload: object): Promise<string> {
  return new SignJWT(payload as never).setProtectedHeader({ alg: 'EdDSA', kid }).sign(keysOf(issuer).privateKey);
}

describe('signed contexts', () => {
  const leads = contextsOf('leads');
  const expectRefused = async (token: string | undefined): Promise<void> => {
    await expect(leads.verify(token)).rejects.toMatchObject({ type: { code: 'auth.context-refused' } });
    // Once refused is not remembered as good.
    await expect(leads.verify(token)).rejects.toMatchObject({ type: { code: 'auth.context-refused' } });
  };

  it('carry the caller from gateway to service, and of a service itself', async () => {
    expect(await leads.verify(await contextsOf('gateway').sign(person, 'leads'))).toEqual(person);
    expect(await leads.verify(await contextsOf('gateway').sign(ANONYMOUS, 'leads'))).toEqual(ANONYMOUS);
    const service = serviceCaller('campaigns', person.tenantId);
    expect(await leads.verify(await contextsOf('campaigns').sign(service, 'leads'))).toEqual(service);
  });

  it('are refused when there is none, or it is no token', async () => {
    for (const token of [undefined, '', 'x', 'a.b.c', `${base64({ alg: 'EdDSA' })}..`]) await expectRefused(token);
  });

  it('are refused when forged: changed claims, unsigned, HMAC with a public key, unknown issuer, another’s key', async () => {
    const good = await contextsOf('gateway').sign(person, 'leads');
    const [head, , signature] = good.split('.');
    await expectRefused(`${head}.${base64(claims({ ...person, tenantId: newId() }))}.${signature}`);
    await expectRefused(`${base64({ alg: 'none', kid: 'gateway' })}.${base64(claims(person))}.`);
    const publicKey = keysOf('leads').publicKeyOf('gateway')!.export({ format: 'der', type: 'spki' });
    await expectRefused(await new SignJWT(claims(person) as never).setProtectedHeader({ alg: 'HS256', kid: 'gateway' }).sign(publicKey));
    await expectRefused(await signed('gateway', 'nobody', claims(person)));
    await expectRefused(await signed('gateway', '__proto__', claims(person)));
    await expectRefused(await signed('campaigns', 'gateway', claims(person)));
  });

  it('are refused when a service speaks for a person or for another service', async () => {
    await expectRefused(await contextsOf('campaigns').sign(person, 'leads'));
    await expectRefused(await contextsOf('campaigns').sign(serviceCaller('gateway', person.tenantId), 'leads'));
    await expectRefused(await contextsOf('campaigns').sign(serviceCaller('leads', person.tenantId), 'leads'));
  });

  it('are refused when expired, without expiry, or made for something else', async () => {
    await expectRefused(await signed('gateway', 'gateway', claims(person, { exp: Math.floor(Date.now() / 1000) - 6 })));
    await expectRefused(await signed('gateway', 'gateway', claims(person, { exp: undefined })));
    await expectRefused(await signed('gateway', 'gateway', claims(person, { aud: 'public-api' })));
  });

  it('are taken a few seconds late, for clocks differ, and not a second more', async () => {
    expect(await leads.verify(await signed('gateway', 'gateway', claims(person, { exp: Math.floor(Date.now() / 1000) - 3 })))).toEqual(person);
    await expectRefused(await signed('gateway', 'gateway', claims(person, { exp: Math.floor(Date.now() / 1000) - 6 })));
  });

  it('are refused by every service but the one they were made for', async () => {
    const token = await contextsOf('gateway').sign(person, 'leads');
    expect(await leads.verify(token)).toEqual(person);
    await expect(contextsOf('campaigns').verify(token)).rejects.toMatchObject({ reason: 'wrong-audience' });
  });

  it('are refused when they would live longer than a minute', async () => {
    await expectRefused(await signed('gateway', 'gateway', claims(person, { exp: Math.floor(Date.now() / 1000) + 120 })));
  });

  it('are refused when what they say is no caller', async () => {
    for (const broken of [{ tid: 'x' }, { tid: undefined }, { act: undefined }, { act: { kind: 'user' } }, { cap: 'leads:read' }]) {
      await expectRefused(await signed('gateway', 'gateway', claims(person, broken)));
    }
  });

  it('are signed again before they expire, and a remembered one is refused after its time', async () => {
    vi.useFakeTimers({ now: Date.now() });
    try {
      const gateway = contextsOf('gateway');
      const first = await gateway.sign(person, 'leads');
      expect(await gateway.sign(person, 'leads')).toBe(first);
      await leads.verify(first);
      vi.advanceTimersByTime(31_000);
      expect(await gateway.sign(person, 'leads')).not.toBe(first);
      vi.advanceTimersByTime(35_000);
      await expectRefused(first);
    } finally {
      vi.useRealTimers();
    }
  });

  it('cannot be read without the issuer’s own private key', () => {
    expect(() => ContextKeys.read('leads', sets['campaigns']!)).toThrow(/CONTEXT_KEYS.*leads/);
  });
});
