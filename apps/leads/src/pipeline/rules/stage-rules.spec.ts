import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_STAGES } from './default-stages.js';
import { DEFAULT_STATUSES, FIRST_STATUS } from './default-statuses.js';
import { VERTICALS } from './pipeline-vertical.js';
import { advanceStage, firstStage, type StageMover } from './stage-rules.js';

const sales = DEFAULT_STAGES.sales;

describe('advanceStage', () => {
  it.each<[string, string, StageMover, string]>([
    ['new', 'contacted', 'automation', 'moves'],
    ['new', 'proposal', 'automation', 'moves'],
    ['qualified', 'lost', 'automation', 'moves'],
    ['qualified', 'contacted', 'automation', 'stage-backwards'],
    ['won', 'lost', 'automation', 'stage-closed'],
    ['lost', 'qualified', 'automation', 'stage-closed'],
    ['contacted', 'contacted', 'automation', 'stage-same'],
    ['contacted', 'agendado', 'automation', 'stage-unknown'],
    ['removed', 'contacted', 'automation', 'moves'],
    ['qualified', 'contacted', 'person', 'moves'],
    ['lost', 'qualified', 'person', 'moves'],
    ['won', 'lost', 'person', 'moves'],
    ['new', 'nowhere', 'person', 'stage-unknown'],
    ['new', 'new', 'person', 'stage-same'],
  ])('%s → %s by %s: %s', (current, proposed, by, wanted) => {
    const move = advanceStage(sales, current, proposed, by);
    expect(move.moved ? 'moves' : move.why).toBe(wanted);
    expect(move).toMatchObject(move.moved ? { from: current, to: proposed } : { stage: current });
  });

  it('lets automation take no lead back, whatever is proposed in whatever order', () => {
    const anyStage = fc.constantFrom(...sales.map(({ key }) => key), 'unknown');
    const orderOf = (key: string): number => sales.find((stage) => stage.key === key)!.order;
    fc.assert(
      fc.property(fc.array(anyStage), (proposals) => {
        let current = 'new';
        for (const proposed of proposals) {
          const move = advanceStage(sales, current, proposed, 'automation');
          const next = move.moved ? move.to : move.stage;
          expect(orderOf(next)).toBeGreaterThanOrEqual(orderOf(current));
          current = next;
        }
      }),
      { seed: 31 },
    );
  });

  it('begins in the first open stage by order, not by place in the list', () => {
    expect(firstStage([...sales].reverse())).toBe('new');
    expect(firstStage(sales.filter(({ outcome }) => outcome !== 'open'))).toBeNull();
  });
});

describe('the default pipelines', () => {
  it.each([
    ['sales', 'new contacted qualified proposal negotiation won lost'],
    ['broker', 'entrada perfilamiento calificacion_financiera potencial agendado seguimiento referidos ganado perdido'],
    ['education', 'inquiry profile_review university_shortlist document_prep application_submitted awaiting_decision offer_received visa_process enrolled rejected withdrawn'],
  ] as const)('%s has its stages in order', (vertical, keys) => {
    const inOrder = [...DEFAULT_STAGES[vertical]].sort((one, other) => one.order - other.order);
    expect(inOrder.map(({ key }) => key).join(' ')).toBe(keys);
  });

  it.each(VERTICALS)('%s has keys once, colours that are colours, one way to win and a way to lose', (vertical) => {
    for (const seeds of [DEFAULT_STAGES[vertical], DEFAULT_STATUSES[vertical]]) {
      expect(new Set(seeds.map(({ key }) => key)).size).toBe(seeds.length);
      expect(seeds.filter(({ color, label }) => !/^#[0-9a-f]{6}$/.test(color) || label === '')).toEqual([]);
    }
    const outcomes = DEFAULT_STAGES[vertical].map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(outcomes).toContain('lost');
    expect(DEFAULT_STATUSES[vertical].map(({ key }) => key)).toContain(FIRST_STATUS);
  });
});
