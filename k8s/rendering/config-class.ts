import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DtoClass } from '#leadwire/contracts';
import { CoreConfig, ServiceConfig } from '#leadwire/service-kit';
import { TOP } from './apps.js';

/** The class an app's settings are declared in: its own, or the one that all services have. */
export async function configClassOf(app: string): Promise<DtoClass<CoreConfig>> {
  const path = join(TOP, 'apps', app, 'src', `${app}.config.ts`);
  if (!existsSync(path)) return ServiceConfig;
  const exported = Object.values((await import(path)) as Record<string, unknown>);
  const found = exported.find((one) => typeof one === 'function' && one.prototype instanceof CoreConfig);
  if (!found) throw new Error(`${path} exports no config class`);
  return found as DtoClass<CoreConfig>;
}
