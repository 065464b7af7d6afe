import { describe, expect, it } from 'vitest';
import { signWebhook, verifyInboundSignature } from './standard-webhook.js';

// The example of the Standard Webhooks specification.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = 1614265330;
const body = Buffer.from('{"test": 2432232314}');
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const verify = (change: Record<string, string | undefined> = {}, raw = body, now = timestamp * 1000) =>
  verifyInboundSignature(
    raw,
    { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature, ...change },
    secret,
    now,
  );

describe('verifyInboundSignature', () => {
  it('agrees with the scheme’s published example', () => {
    expect(signWebhook(id, timestamp, body, secret)).toBe(signature);
    expect(verify()).toEqual({ id });
  });

  it('takes any of several signatures, as while a secret is being changed', () => {
    expect(verify({ 'webhook-signature': `v1,bm9uZQ== v2,x ${signature}` })).toEqual({ id });
  });

  it('refuses another body, id, time or scheme', () => {
    expect(verify({}, Buffer.from('{"test": 1}'))).toEqual({ refused: 'bad-signature' });
    expect(verify({ 'webhook-id': 'msg_other' })).toEqual({ refused: 'bad-signature' });
    expect(verify({ 'webhook-timestamp': String(timestamp + 1) })).toEqual({ refused: 'bad-signature' });
    expect(verify({ 'webhook-signature': signature.replace('v1,', 'v2,') })).toEqual({
      refused: 'bad-signature',
    });
    expect(verify({ 'webhook-signature': '' })).toEqual({ refused: 'bad-signature' });
  });

  it('refuses what is five minutes off, either way', () => {
    expect(verify({}, body, (timestamp + 300) * 1000)).toEqual({ id });
    expect(verify({}, body, (timestamp + 301) * 1000)).toEqual({ refused: 'stale' });
    expect(verify({}, body, (timestamp - 301) * 1000)).toEqual({ refused: 'stale' });
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'refuses a request without %s',
    (name) => {
      expect(verify({ [name]: undefined })).toEqual({ refused: 'malformed' });
    },
  );
});
