export * from './backbone-status.operation.js';
export * from './backbone.operations.js';
export * from './backbone.problems.js';
export * from './consumers.operations.js';
export * from './dead-letters.operations.js';
export * from './replays.operations.js';
export * from './usage.js';
