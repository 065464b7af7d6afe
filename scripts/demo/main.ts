import 'reflect-metadata';
import { loadConfig } from '#leadwire/service-kit';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Platform } from '../platform/platform.js';
import { RunConfig } from '../platform/run.config.js';
import { crashDuring } from './crash-during.js';
import { playJourney } from './play-journey.js';
import { printReport } from './print-report.js';

// Read by the launcher: the servers stay, because the platform does.
const KEPT = 75;

const { values: flags } = parseArgs({
  options: {
    leads: { type: 'string', default: 'samples/leads.csv' },
    processes: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    json: { type: 'string' },
    crash: { type: 'string' },
    segment: { type: 'string', default: '300' },
  },
});

const config = loadConfig(RunConfig, 'demo');
const began = Date.now();
const platform = await Platform.start({ ...config, freePorts: config.freePorts, accessFolder: config.accessFolder, purpose: 'demo', processes: flags.processes || flags.crash !== undefined });
console.log(`platform   ${flags.processes || flags.crash ? 'one process a service' : 'all services in one process'} at ${platform.url}   (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping = true;
    void platform.stop().then(() => process.exit(130));
  });
}

try {
  const report = await playJourney({
    url: platform.url,
    carrierUrl: `http://127.0.0.1:${platform.ports.carrier}`,
    paymentsUrl: `http://127.0.0.1:${platform.ports.payments}`,
    mailUrl: `http://127.0.0.1:${platform.ports.mailHttp}`,
    mailSmtpPort: platform.ports.mailSmtp,
    leadsFile: flags.leads,
    segmentSize: Number(flags.segment),
    observer: crashDuring(platform, flags.crash),
  });
  printReport(report, platform.url);
  if (flags.json) writeFileSync(flags.json, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.invariants.every(({ holds }) => holds) ? 0 : 1;
  if (flags.keep && process.exitCode === 0) {
    console.log(`\nThe platform runs on.\n  API docs     ${platform.url}/docs\n  sign in as   ${report.credentials.email} / ${report.credentials.password}\n  API key      ${report.credentials.apiKey}\n  stop it      npm run stop`);
    platform.keepRunning();
    process.exit(KEPT);
  }
} catch (error) {
  if (!stopping) console.error(`\nThe journey ended early: ${error instanceof Error ? error.message : String(error)}\nLogs are in ${config.logFolder}.`);
  process.exitCode = 1;
}
if (!stopping) await platform.stop();
process.exit();
