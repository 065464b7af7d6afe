export * from './service-harness.js';
export * from './test-database.js';
export * from './testing.config.js';
export * from './until.js';
