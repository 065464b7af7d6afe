import { integer } from '#leadwire/contracts';
import { Env, ServiceConfig } from '#leadwire/service-kit';

export class LeadsConfig extends ServiceConfig {
  /** Imports that one replica works on at a time; 0 leaves them to others. */
  @Env('IMPORT_WORKERS', integer({ min: 0, max: 16 }), { default: 2 }) importWorkers: number;
  /** Milliseconds after which an import whose worker fell silent is taken by another. */
  @Env('IMPORT_LEASE_MS', integer({ min: 100, max: 600_000 }), { default: 30_000 }) importLeaseMs: number;
}
