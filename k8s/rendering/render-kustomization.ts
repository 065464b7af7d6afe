import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { podTemplateOf, type Manifest } from './manifest.js';
import { strategicMerge } from './strategic-merge.js';

interface Kustomization {
  resources?: string[];
  components?: string[];
  namespace?: string;
  labels?: { pairs: Record<string, string>; includeTemplates?: boolean }[];
  patches?: { path: string; target?: { kind?: string; labelSelector?: string } }[];
  images?: { name: string; newName?: string; newTag?: string }[];
  configMapGenerator?: { name: string; files: string[] }[];
  generatorOptions?: { disableNameSuffixHash: true; labels?: Record<string, string> };
}

const KNOWN = new Set(['apiVersion', 'kind', 'resources', 'components', 'namespace', 'labels', 'patches', 'images', 'configMapGenerator', 'generatorOptions']);

/**
 * What `kubectl kustomize` would print for the folder, where there is no kubectl: only the features these manifests
 * use, and a refusal of any other. A test holds it against kubectl where both are there.
 */
export function renderKustomization(folder: string): Manifest[] {
  const rules: Kustomization = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8'));
  const unknown = Object.keys(rules).filter((field) => !KNOWN.has(field));
  if (unknown.length > 0) throw new Error(`${folder}/kustomization.yaml uses ${unknown.join(', ')}: teach renderKustomization`);
  const listed = [...(rules.resources ?? []), ...(rules.components ?? [])];
  const manifests = [...listed.flatMap((path) => readResource(join(folder, path))), ...configMaps(rules, folder)];
  return applyPatches(manifests, rules, folder).map((manifest) => transform(manifest, rules));
}

function readResource(path: string): Manifest[] {
  return statSync(path).isDirectory() ? renderKustomization(path) : readManifests(path);
}

function readManifests(path: string): Manifest[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as Manifest);
}

function configMaps({ configMapGenerator = [], generatorOptions }: Kustomization, folder: string): Manifest[] {
  if (configMapGenerator.length > 0 && !generatorOptions?.disableNameSuffixHash) throw new Error(`${folder}: names with a hash are not made here`);
  return configMapGenerator.map(({ name, files }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: generatorOptions?.labels },
    data: Object.fromEntries(files.map((path) => [basename(path), readFileSync(join(folder, path), 'utf8')])),
  }));
}

function applyPatches(manifests: Manifest[], { patches = [] }: Kustomization, folder: string): Manifest[] {
  return patches.reduce((current, { path, target }) => {
    const [patch] = readManifests(join(folder, path)) as [Manifest];
    const isMeant = target ? matches(target) : sameObject(patch);
    if (!current.some(isMeant)) throw new Error(`${folder}/${path} patches nothing`);
    return current.map((manifest) => (isMeant(manifest) ? patched(manifest, patch) : manifest));
  }, manifests);
}

const sameObject = (patch: Manifest) => (manifest: Manifest) =>
  manifest.kind === patch.kind && manifest.metadata.name === patch.metadata.name;

const matches = (target: { kind?: string; labelSelector?: string }) => (manifest: Manifest) => {
  const [label, value] = (target.labelSelector ?? '').split('=') as [string, string?];
  return (!target.kind || manifest.kind === target.kind) && (!label || manifest.metadata.labels?.[label] === value);
};

function patched(manifest: Manifest, patch: Manifest): Manifest {
  const merged = strategicMerge(manifest, patch) as Manifest;
  return { ...merged, metadata: { ...merged.metadata, name: manifest.metadata.name } };
}

function transform(manifest: Manifest, { namespace, labels = [], images = [] }: Kustomization): Manifest {
  const result = structuredClone(manifest);
  if (namespace && result.kind !== 'Namespace') result.metadata.namespace = namespace;
  for (const { pairs, includeTemplates } of labels) {
    result.metadata.labels = { ...result.metadata.labels, ...pairs };
    if (includeTemplates) for (const metadata of templateMetadata(result)) metadata.labels = { ...metadata.labels, ...pairs };
  }
  for (const container of podTemplateOf(result)?.spec.containers ?? []) {
    const [name, tag] = container.image.split(':') as [string, string?];
    const change = images.find((image) => image.name === name);
    if (change) container.image = `${change.newName ?? name}:${change.newTag ?? tag}`;
  }
  return result;
}

function templateMetadata(manifest: Manifest): { labels?: Record<string, string> }[] {
  const template = podTemplateOf(manifest);
  if (!template) return [];
  template.metadata ??= {};
  return [template.metadata, ...(manifest.spec.volumeClaimTemplates ?? []).map((claim: Manifest) => claim.metadata)];
}
