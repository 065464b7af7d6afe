export * from './answer-operation.js';
export * from './http-receiver.js';
export * from './private-nats.js';
export * from './run-source.js';
export * from './service-harness.js';
export * from './test-database.js';
export * from './testing.config.js';
export * from './until.js';
