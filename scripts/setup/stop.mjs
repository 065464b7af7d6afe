// node scripts/setup/stop.mjs: stops the servers that a run with --keep left running.
import { stopKeptServices } from './services-control.mjs';

await stopKeptServices();
console.log('stopped');
