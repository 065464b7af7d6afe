import type { ServiceName } from '#leadwire/contracts';
import { Logger } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { deriveNeeds } from '../bus-permissions/derive-needs.js';
import { NEEDS_FILE } from '../bus-permissions/permission-files.js';
import type { Needs } from '../bus-permissions/service-needs.js';

/** A consumer as its service declares it. */
export interface DeclaredConsumer {
  readonly service: ServiceName;
  readonly name: string;
  /** Whose events it reads, by aggregate type. */
  readonly reads: readonly { readonly source: ServiceName; readonly aggregate: string }[];
}

/** Every consumer of the platform. */
export async function declaredConsumers(): Promise<DeclaredConsumer[]> {
  return Object.entries(await needs()).flatMap(([service, { reads }]) =>
    [...Map.groupBy(reads, ({ consumer }) => consumer)].map(([name, own]) => ({ service: service as ServiceName, name, reads: own as DeclaredConsumer['reads'] })),
  );
}

// The generated file is there in a checkout, and read at once; an image has the services only, and is asked through them.
async function needs(): Promise<Needs> {
  try {
    return JSON.parse(readFileSync(NEEDS_FILE, 'utf8')) as Needs;
  } catch {
    Logger.overrideLogger(false);
    const { MODULES } = await import('../modules-by-service.js');
    return deriveNeeds(MODULES);
  }
}
