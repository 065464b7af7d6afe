import { SERVICES } from '#leadwire/contracts';
import { serviceSchema } from '#leadwire/database';

const OF_EVERY_SERVICE = {
  refused_contexts: 'whose tenant a forged context claims is a claim, not a fact',
  paused_consumers: 'a consumer is paused for everybody: it belongs to the installation',
};

/** Every table without tenant_id, with the reason why it needs none. A new one is added here, or gets a tenant. */
export const TENANTLESS_TABLES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    SERVICES.flatMap((service) => Object.entries(OF_EVERY_SERVICE).map(([table, reason]) => [`${serviceSchema(service).schema}.${table}`, reason])),
  ),
  'identity.tenants': 'the tenants themselves',
  'identity.users': 'a person may belong to several tenants; memberships are rows of a tenant',
  'embeddings.embedding_spaces': 'belongs to the installation: which model, dimensions and metric vectors may be compared in',
};

/** The table in which each service's schema keeps what has run; TypeORM's own. */
export const MIGRATIONS_TABLE = 'migrations';
