import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { TOP } from '../../rendering/apps.js';
import { renderWithKubectl } from '../../rendering/kubectl.js';
import { renderKustomization } from '../../rendering/render-kustomization.js';
import { AWAITED_METRICS } from './checks/awaited-metrics.js';
import { filledIn, overlaps, panelFaults, type Dashboard } from './checks/dashboard.js';
import { declaredMetrics } from './checks/declared-metrics.js';
import { queryFaults } from './checks/query-faults.js';
import { anchorsOf } from './checks/runbook-headings.js';

interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; runbook_url: string };
}

const FOLDER = join(TOP, 'k8s/components/observability');
const rules: { groups: { name: string; rules: AlertRule[] }[] } = parse(readFileSync(join(FOLDER, 'rules.yaml'), 'utf8'));
const alerts = rules.groups.flatMap((group) => group.rules);
const dashboardText = readFileSync(join(FOLDER, 'dashboards/leadwire-events.json'), 'utf8');
const dashboard: Dashboard = JSON.parse(dashboardText);
const queries = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr: filledIn(expr) })));
const inCode = declaredMetrics(TOP);
const metrics = [...inCode, ...AWAITED_METRICS];

it('finds the metrics it is to hold them against, and awaits none that is there', () => {
  expect(inCode.map(({ name }) => name)).toEqual(expect.arrayContaining(['leadwire_events_published_total', 'leadwire_outbox_oldest_seconds']));
  const names = new Set(inCode.map(({ name }) => name));
  expect(AWAITED_METRICS.filter(({ name }) => names.has(name))).toEqual([]);
});

describe('alert rules', () => {
  it('have names and groups of their own', () => {
    expect(alerts.length).toBeGreaterThan(10);
    for (const names of [alerts.map(({ alert }) => alert), rules.groups.map(({ name }) => name)]) expect(new Set(names).size).toBe(names.length);
  });

  it.each(alerts)('$alert: asks soundly for metrics that there are, and compares', ({ expr }) => {
    expect(queryFaults(expr, metrics)).toEqual([]);
    expect(expr).toMatch(/[<>=]|absent/);
  });

  it.each(alerts)('$alert: says what, how bad, and what to do', ({ alert, for: wait, labels, annotations }) => {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(wait ?? '0s').toMatch(/^\d+[smh]$/);
    expect(annotations.summary).toMatch(/\.$/);
    const [path, anchor] = annotations.runbook_url.split('#') as [string, string];
    expect(anchor).toBe(alert.toLowerCase());
    expect(anchorsOf(TOP, path)).toContain(anchor);
  });

  // A template that names a label which the expression has dropped prints nothing where a name should stand.
  it.each(alerts)('$alert: names in its summary only labels that its expression keeps', ({ expr, annotations }) => {
    const named = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!);
    const kept = [.../by \(([^)]*)\)/.exec(expr)?.[1]?.matchAll(/\w+/g) ?? []].map(([label]) => label);
    expect(kept).toEqual(expect.arrayContaining(named));
  });

  it('has a runbook entry for nothing else', () => {
    const entries = ['events', 'requests'].flatMap((name) => anchorsOf(TOP, `docs/runbooks/${name}.md`)).filter((anchor) => anchor.startsWith('leadwire'));
    expect(entries.sort()).toEqual(alerts.map(({ alert }) => alert.toLowerCase()).sort());
  });

  it('are the same for the operator: after a change, npx vitest run k8s/components -u', async () => {
    const manifest = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'leadwire', labels: { 'app.kubernetes.io/part-of': 'leadwire' } },
      spec: rules,
    };
    const text = `# Made from rules.yaml by observability.spec.ts.\n${stringify(manifest, { lineWidth: 0 })}`;
    await expect(text).toMatchFileSnapshot('prometheus-rule.yaml');
  });
});

describe('dashboard', () => {
  it('has panels of a shape that Grafana reads, which do not overlap', () => {
    expect(dashboard).toMatchObject({ uid: expect.stringMatching(/^[\w-]{1,40}$/), title: expect.any(String), schemaVersion: expect.any(Number) });
    expect(dashboard.panels.flatMap((panel) => panelFaults(panel).map((fault) => `${panel.title} ${fault}`))).toEqual([]);
    expect(overlaps(dashboard.panels)).toEqual([]);
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(queries)('$title: $expr', ({ expr }) => {
    expect(queryFaults(expr, metrics)).toEqual([]);
  });

  it('fills its variables from labels of metrics that there are, and uses no other', () => {
    const variables = dashboard.templating.list;
    for (const { type, query } of variables) {
      if (type === 'datasource') continue;
      const [, selector] = /^label_values\((.*), \w+\)$/.exec((query as { query: string }).query)!;
      const faults = queryFaults(filledIn(selector!), metrics).filter((fault) => !fault.includes('needs rate'));
      expect(faults).toEqual([]);
    }
    const used = new Set([...dashboardText.matchAll(/\$\{?([a-z]\w*)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(variables.map(({ name }) => name).sort());
  });

  it('shows every metric of the backbone that an alert watches', () => {
    const shown = queries.map(({ expr }) => expr).join(' ');
    const watched = alerts.flatMap(({ expr }) => expr.match(/leadwire_\w+/g)!).filter((name) => !name.includes('contexts_refused'));
    expect([...new Set(watched)].filter((name) => !shown.includes(name))).toEqual([]);
  });
});

describe('the component', () => {
  const hasKubectl = renderWithKubectl(join(TOP, 'k8s/components/service-monitor')) !== undefined;

  it('brings the rules and the dashboard, labelled for the operator and for Grafana', () => {
    const rendered = renderKustomization(FOLDER);
    expect(rendered.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(['PrometheusRule/leadwire', 'ConfigMap/leadwire-dashboards']);
    const [rule, map] = rendered;
    expect(rule!.spec).toEqual(rules);
    expect(map!.metadata.labels).toEqual({ grafana_dashboard: '1' });
    expect(JSON.parse(map!.data['leadwire-events.json'])).toEqual(dashboard);
  });

  it.runIf(hasKubectl)('is rendered without kubectl as with it', () => {
    const sorted = (manifests: object[]) => [...manifests].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    expect(sorted(renderKustomization(FOLDER))).toEqual(sorted(renderWithKubectl(FOLDER)!));
  });
});
