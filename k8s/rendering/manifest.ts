// `any` below: what stands under these fields depends on the kind, and a test asks for what it expects there.

/** A Kubernetes object as written in YAML. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  [field: string]: any;
}

/** The pod that an object makes, if it makes any. */
export function podTemplateOf(manifest: Manifest): { metadata?: { labels?: Record<string, string> }; spec: PodSpec } | undefined {
  return manifest.spec?.template?.spec?.containers ? manifest.spec.template : undefined;
}

/** One container of a pod. */
export interface Container {
  name: string;
  image: string;
  command: string[];
  [field: string]: any;
}

/** A pod, as its template describes it. */
export interface PodSpec {
  containers: Container[];
  [field: string]: any;
}
