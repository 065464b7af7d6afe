import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '#leadwire/service-kit';
import { makeInstallationSecrets } from '../scripts/setup/installation-secrets.js';
import { deployedApps, hasSource, TOP } from './rendering/apps.js';
import { configClassOf } from './rendering/config-class.js';
import { renderWithKubectl } from './rendering/kubectl.js';
import { podTemplateOf, type Manifest } from './rendering/manifest.js';
import { renderKustomization } from './rendering/render-kustomization.js';

const APPS = deployedApps();
const FOLDERS = ['base', 'overlays/development', 'overlays/production'];
const folderOf = (name: string) => join(TOP, 'k8s', name);
const kubectl = (name: string) => renderWithKubectl(folderOf(name));
const render = (name: string) => kubectl(name) ?? renderKustomization(folderOf(name));
const hasKubectl = kubectl('components/service-monitor') !== undefined;

const SECRETS = makeInstallationSecrets({ adminUrl: 'postgres://admin:secret@postgres:5432/leadwire', roleSecret: undefined });
const README = readFileSync(folderOf('README.md'), 'utf8');
const askedFor = (app: string) =>
  README.split('\n').filter((line) => line.startsWith(`| \`${app}-secrets\``)).flatMap((line) => line.match(/[A-Z_]{4,}/g) ?? []);

async function requiredSettings(app: string): Promise<string[]> {
  const settings = settingsOf(await configClassOf(app));
  return settings.filter((one) => one.default === undefined && !one.optional).map(({ variable }) => variable);
}

const identity = ({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`;
const byIdentity = (manifests: Manifest[]) => Object.fromEntries(manifests.map((one) => [identity(one), one]));
const containersOf = (manifest: Manifest) => podTemplateOf(manifest)?.spec.containers ?? [];

it('finds the apps it is to check', () => {
  expect(APPS.length).toBeGreaterThanOrEqual(5);
});

describe.each(FOLDERS)('k8s/%s', (name) => {
  const manifests = render(name);
  const objects = byIdentity(manifests);

  it('names every object once', () => {
    expect(Object.keys(objects)).toHaveLength(manifests.length);
  });

  // What stands in for kubectl on a machine without it is held against kubectl on every machine that has it.
  it.runIf(hasKubectl)('is rendered without kubectl as with it', () => {
    expect(byIdentity(renderKustomization(folderOf(name)))).toEqual(byIdentity(kubectl(name)!));
  });

  it.each(APPS)('%s: a Deployment that runs its main file, hardened, with probes, resources and time to drain', (app) => {
    const deployment = objects[`Deployment/${app}`]!;
    const { spec } = podTemplateOf(deployment)!;
    const [container] = spec.containers;
    expect(container!.command).toEqual(['node', `dist/apps/${app}/src/main.js`]);
    expect(container!.readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'http' });
    expect(container!.livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'http' });
    expect(container!.startupProbe.httpGet.path).toBe('/health/live');
    for (const kind of ['requests', 'limits']) {
      expect(container!.resources[kind]).toEqual({ cpu: expect.any(String), memory: expect.any(String) });
    }
    expect(spec.terminationGracePeriodSeconds).toBe(30);
    expect(container!.envFrom).toEqual([
      { configMapRef: { name: 'leadwire-config' } },
      { secretRef: { name: `${app}-secrets` } },
      { secretRef: { name: `${app}-bus-secrets` } },
    ]);
  });

  it.each(APPS)('%s: a Service that selects its pods, on 8080', (app) => {
    const service = objects[`Service/${app}`]!;
    const template = podTemplateOf(objects[`Deployment/${app}`]!)!;
    expect(service.spec.type).toBe('ClusterIP');
    expect(template.metadata!.labels).toMatchObject(service.spec.selector);
    expect(objects[`Deployment/${app}`]!.spec.selector.matchLabels).toEqual(service.spec.selector);
    expect(service.spec.ports).toContainEqual({ name: 'http', port: 8080, targetPort: 'http' });
    expect(template.spec.containers[0]!.ports).toContainEqual({ name: 'http', containerPort: 8080 });
  });

  it.each(APPS.filter((app) => app !== 'gateway'))('%s: a migration Job of its own schema, with the admin’s login', (app) => {
    const [container] = containersOf(objects[`Job/${app}-migration`]!);
    expect(container!.command).toEqual(['node', 'dist/scripts/migrate.js', '--service', app]);
    expect(container!.envFrom).toEqual([{ secretRef: { name: 'migrate-secrets' } }]);
    expect(container!.resources.limits).toBeDefined();
  });

  if (name !== 'base') {
    it.each(APPS)('%s: every setting it must have is in the ConfigMap, a made secret, or one that the README asks for', async (app) => {
      const given = { ...objects['ConfigMap/leadwire-config']!.data, ...SECRETS[app] };
      const missing = (await requiredSettings(app)).filter((variable) => !(variable in given) && !askedFor(app).includes(variable));
      expect(missing).toEqual([]);
    });
  }

  it('deploys nothing that has no source', () => {
    const deployed = manifests.filter(({ kind }) => kind === 'Deployment');
    expect(deployed.map(({ metadata }) => metadata.name).sort()).toEqual(APPS);
    for (const path of deployed.map((one) => containersOf(one)[0]!.command[1]!)) expect(path).toSatisfy(hasSource);
  });

  it('runs one image of the platform everywhere, and none without a fixed tag', () => {
    const images = manifests.flatMap(containersOf).map(({ image }) => image);
    expect(new Set(images.filter((image) => !image.startsWith('nats:'))).size).toBe(1);
    // The base names the platform's image only; which tag, an overlay says.
    const tagged = name === 'base' ? images.filter((image) => image !== 'leadwire') : images;
    expect(tagged).not.toHaveLength(0);
    for (const image of tagged) expect(image).toMatch(/:(?!latest$)[\w.-]+$/);
  });

  it('gives no pod root, a writable root file system, or a capability', () => {
    const pods = manifests.map(podTemplateOf).filter((template) => template !== undefined);
    expect(pods.length).toBeGreaterThan(APPS.length);
    for (const { spec } of pods) {
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(spec.automountServiceAccountToken).toBe(false);
      for (const { securityContext } of spec.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  it('puts every pod under the policy that allows nothing by default', () => {
    expect(objects['NetworkPolicy/nothing-by-default']!.spec.policyTypes).toEqual(['Ingress', 'Egress']);
    const selector = objects['NetworkPolicy/nothing-by-default']!.spec.podSelector.matchLabels;
    for (const template of manifests.map(podTemplateOf)) if (template) expect(template.metadata!.labels).toMatchObject(selector);
  });
});

describe('k8s/overlays/production', () => {
  const objects = byIdentity(render('overlays/production'));

  it.each(APPS)('%s: two replicas at least, scaled, and drained one at a time', (app) => {
    const { spec } = objects[`HorizontalPodAutoscaler/${app}`]!;
    expect(spec.minReplicas).toBeGreaterThanOrEqual(2);
    expect(spec.maxReplicas).toBeGreaterThan(spec.minReplicas);
    expect(spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: app });
    expect(objects[`Deployment/${app}`]!.spec.replicas).toBeUndefined();
    const budget = objects[`PodDisruptionBudget/${app}`]!.spec;
    expect(budget.maxUnavailable).toBe(1);
    expect(budget.selector.matchLabels).toEqual(objects[`Deployment/${app}`]!.spec.selector.matchLabels);
  });

  it('runs NATS as a JetStream cluster of three that know each other, on disks of their own', () => {
    const nats = objects['StatefulSet/nats']!;
    expect(nats.spec.replicas).toBe(3);
    expect(nats.spec.volumeClaimTemplates).toHaveLength(1);
    const config: string = objects['ConfigMap/nats-config']!.data['nats.conf'];
    const routes = [...config.matchAll(/nats:\/\/(nats-\d)\.(\S+):6222/g)].map(([, pod, service]) => `${pod}.${service}`);
    expect(routes).toEqual([0, 1, 2].map((pod) => `nats-${pod}.${nats.spec.serviceName}`));
    expect(objects[`Service/${nats.spec.serviceName}`]!.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(config).toContain('jetstream');
  });
});

it('has a component for Prometheus that selects every service', () => {
  const [monitor] = renderKustomization(folderOf('components/service-monitor'));
  const services = render('base').filter(({ kind, metadata }) => kind === 'Service' && APPS.includes(metadata.name));
  for (const { metadata } of services) expect(metadata.labels).toMatchObject(monitor!.spec.selector.matchLabels);
});
