export * from './call-scope.js';
export * from './caller.js';
export * from './clock.js';
export * from './decimal-text.js';
export * from './id.js';
export * from './problem.js';
export * from './sealed-reference.js';
