import type { EntitySchema, MixedList } from 'typeorm';
import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import { EXTENSIONS_SCHEMA, serviceSchema } from './service-schema.js';

/** Entities of a service, as TypeORM takes them. */
export type Entities = MixedList<Function | string | EntitySchema>;

/** How a service opens its pool: its own login, its own schema, nothing created by itself. */
export function connectionOptions(service: string, url: string, entities: Entities, poolSize: number): TypeOrmModuleOptions {
  const { schema } = serviceSchema(service);
  return {
    type: 'postgres',
    url,
    schema,
    entities,
    synchronize: false,
    applicationName: `leadwire-${service}`,
    poolSize,
    // Not Nest's ten tries: the process manager restarts what cannot reach its database.
    retryAttempts: 5,
    retryDelay: 500,
    extra: {
      // Who froze in the midst of a transaction holds its locks no longer than another waits for them.
      options: `-c search_path=${schema},${EXTENSIONS_SCHEMA} -c statement_timeout=30000 -c idle_in_transaction_session_timeout=20000`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    },
  };
}
