import { ALL_OPERATIONS } from '#leadwire/contracts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MODULES } from '../modules-by-service.js';
import { checkCalls, undeclaredInternal } from './check-calls.js';
import { DECLARED_CALLS } from './declared-calls.js';
import { deriveNeeds } from './derive-needs.js';
import { findCalls } from './found-calls.js';
import { permissionFiles } from './permission-files.js';

const TOP = process.cwd();

describe('the committed permissions', () => {
  const files = permissionFiles(deriveNeeds(MODULES));

  it.each([...files.keys()])('%s is what follows from contracts, consumers and declared calls', (path) => {
    expect(readFileSync(path, 'utf8') === files.get(path), 'run `npm run bus:permissions`').toBe(true);
  });

  it('hold no password', () => {
    for (const text of files.values()) for (const [, password] of text.matchAll(/password: (\S+?)[,\s]/g)) expect(password).toMatch(/^\$NATS_PASSWORD_[A-Z_]+$/);
  });

  it('let a service call what it declares, and the gateway what has a route', () => {
    const needs = deriveNeeds(MODULES);
    expect(needs['campaigns']!.calls).toEqual(['leads.select-segment']);
    expect(needs['gateway']!.calls).toContain('leads.create-lead');
    expect(needs['gateway']!.calls).not.toContain('billing-ledger.reserve-for-usage');
    expect(needs['leads']!.uploads).toBe('reads');
  });
});

describe('the declared calls', () => {
  it('are the calls in the code, no more and no less', () => {
    expect(checkCalls(TOP)).toEqual([]);
  });

  it('reach every operation that is for services only', () => {
    expect(undeclaredInternal()).toEqual([]);
  });

  it('are missed when one is not declared, and found superfluous when nothing makes it', () => {
    const { 'voice-calls': _, ...without } = DECLARED_CALLS;
    expect(checkCalls(TOP, without)).toEqual([expect.stringMatching(/reserve-call\.ts calls billing-ledger\.reserve-for-usage, which voice-calls does not declare/)]);
    const another = ALL_OPERATIONS.find(({ id }) => id === 'leads.create-lead')!;
    expect(checkCalls(TOP, { ...DECLARED_CALLS, embeddings: [another] })).toEqual(['embeddings declares that it calls leads.create-lead, and nothing in its code does']);
  });

  it('are found by both ways of calling, and a third is told as not understood', () => {
    const folder = 'scripts/bus-permissions/fixtures/calls';
    const { calls, unread } = findCalls(folder, 'embeddings');
    expect(calls.map(({ operation }) => operation.id).sort()).toEqual(['billing-ledger.get-wallet', 'leads.get-lead']);
    expect(unread).toEqual([expect.stringContaining('by-a-third-way.ts uses campaignsOperations in a way that is not understood')]);
  });
});
