export * from './connection-options.js';
export * from './database.js';
export * from './migrate.js';
export * from './page-of-rows.js';
export * from './provision.js';
export * from './service-schema.js';
export * from './tenant-table.js';
export * from './transient-error.js';
