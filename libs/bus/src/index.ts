export * from './bus.js';
export * from './bus-address.js';
export type { BusTls } from './bus-tls.js';
export * from './bus-headers.js';
export * from './trace-context.js';
export * from './uploads.js';
