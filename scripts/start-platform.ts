import 'reflect-metadata';
import { loadConfig } from '#leadwire/service-kit';
import { Platform } from './platform/platform.js';
import { RunConfig } from './platform/run.config.js';

const config = loadConfig(RunConfig, 'start');
const platform = await Platform.start({ ...config, freePorts: config.freePorts, accessFolder: config.accessFolder, purpose: 'start', processes: process.argv.includes('--processes') });
console.log(`leadwire runs at ${platform.url}\n  API docs  ${platform.url}/docs\n  logs      ${config.logFolder}\nCtrl-C stops it.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void platform.stop().then(() => process.exit(0)));
