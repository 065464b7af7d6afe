import { describe, expect, it } from 'vitest';
import { dedupeKeys, type DedupePolicy } from './dedupe-key.js';

const both = { email: 'ana@example.com', phone: '+34600012345' };

describe('dedupeKeys', () => {
  it.each<[DedupePolicy, object, string[]]>([
    ['none', both, []],
    ['email', both, ['email:ana@example.com']],
    ['phone', both, ['phone:+34600012345']],
    ['email-or-phone', both, ['email:ana@example.com', 'phone:+34600012345']],
    ['email-or-phone', { email: null, phone: both.phone }, ['phone:+34600012345']],
    ['email', { phone: both.phone }, []],
    ['phone', { email: '', phone: '' }, []],
  ])('%s of %j', (policy, facts, wanted) => expect(dedupeKeys(policy, facts)).toEqual(wanted));
});
