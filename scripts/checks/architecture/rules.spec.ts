import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from './every-rule.js';
import { importsOf } from './imports.js';
import { readTree, type SourceTree } from './source-tree.js';

const violations = (rule: string, tree: SourceTree) => RULES[rule]!(tree).map(({ path, says }) => `${path} ${says}`).toSorted();
const inFixture = (rule: string) => violations(rule, readTree(fileURLToPath(new URL(`fixtures/${rule}`, import.meta.url))));

describe('a fixture that breaks it is caught by', () => {
  it('apps-apart, harnesses included, and standalone where it takes more than modules', () => {
    expect(inFixture('apps-apart')).toEqual([
      'apps/leads/src/leads.harness.ts imports apps/billing-ledger/src/pricing/price.ts, which is not of its own service',
      'apps/leads/src/move-lead.ts imports apps/billing-ledger/src/pricing/price.ts, which is not of its own service',
      'apps/leads/src/move-lead.ts imports scripts/step.ts, which is not of its own service',
      'apps/standalone/src/main.ts imports apps/billing-ledger/src/pricing/price.ts, which is not of its own service',
    ]);
  });

  it('libraries-by-name', () => {
    expect(inFixture('libraries-by-name')).toEqual([
      'apps/leads/src/move-lead.ts imports #leadwire/messaging/relay: a library shows what its index exports, and nothing else',
      'apps/leads/src/move-lead.ts imports libs/messaging/src/outbox/outbox.ts: write #leadwire/messaging',
      'libs/rpc/src/client.ts imports apps/leads/src/lead.entity.ts: a library knows no app and no script',
      'libs/rpc/src/client.ts imports scripts/run.ts: a library knows no app and no script',
    ]);
  });

  it('library-order, testing outside tests included', () => {
    expect(inFixture('library-order')).toEqual([
      'apps/leads/src/move-lead.ts imports #leadwire/testing, which is for tests and harnesses',
      'libs/kernel/src/id.ts imports #leadwire/contracts, which is not below kernel',
      'libs/rpc/src/server.ts imports #leadwire/service-kit, which is not below rpc',
      'libs/telepathy/src/index.ts telepathy has no place in library-order.ts',
    ]);
  });

  it('pure-domain, also by way of another file', () => {
    expect(inFixture('pure-domain')).toEqual([
      'apps/leads/src/pipeline/rules/next-stage.ts is domain code and reaches typeorm',
      'apps/leads/src/pipeline/stage-machine.ts is domain code and reaches typeorm, by way of apps/leads/src/pipeline/lead.entity.ts, by way of apps/leads/src/pipeline/stages.ts',
    ]);
  });

  it('environment-reads, however it is spelt', () => {
    const says = 'reads process.env: read it in a *.config.ts';
    expect(inFixture('environment-reads')).toEqual([
      ...[2, 3, 4].map((line) => `apps/leads/src/move-lead.ts:${line} ${says}`),
      `apps/leads/src/other.ts:1 ${says}`,
    ]);
  });

  it('file-names', () => {
    expect(inFixture('file-names')).toEqual([
      'apps/leads/src/lead-helpers.ts "helpers" does not say what is inside',
      'apps/leads/src/moveLead.ts moveLead.ts is not kebab-case',
      'libs/common/src/base.entity.ts "base" does not say what is inside',
      'libs/common/src/base.entity.ts "common" does not say what is inside',
    ]);
  });

  it('file-length, from the 401st line on', () => {
    const file = (path: string, lines: number) => ({ path, text: 'export {};\n'.repeat(lines), imports: [] });
    const tree = { files: [file('libs/kernel/src/long.ts', 401), file('libs/kernel/src/full.ts', 400)], apps: [], read: () => undefined };
    expect(violations('file-length', tree)).toEqual(['libs/kernel/src/long.ts has 401 lines; 400 are the most']);
  });

  it('service-shape', () => {
    expect(inFixture('service-shape')).toEqual([
      'apps/campaigns/README.md is missing',
      'apps/campaigns/migrations/index.ts is missing',
      'apps/campaigns/src/main.ts is missing',
      'apps/leads/README.md has no heading "Does not own"',
      'apps/leads/migrations/index.ts is missing',
      'apps/leads/src/main.ts does more than await runService(…)',
    ]);
  });
});

describe('the imports of a text', () => {
  it('are found in every form, and known for types only', () => {
    const text = `import { a } from 'a';\nimport type { B } from './b.js';\nexport * from 'c';\nexport type { D } from 'd';\nconst e = await import('e');\nimport 'f';`;
    expect(importsOf(text).map(({ name, typeOnly }) => [name, typeOnly])).toEqual([['a', false], ['./b.js', true], ['c', false], ['d', true], ['e', false], ['f', false]]);
  });
});
