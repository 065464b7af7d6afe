import 'reflect-metadata';
import { loadConfig } from '#leadwire/service-kit';
import { BenchConfig } from './bench.config.js';
import { readCommand } from './command.js';
import { runBench } from './run-bench.js';
import { createWorld } from './servers/world.js';

const command = readCommand(process.argv.slice(2));
const config = loadConfig(BenchConfig, 'bench');
const world = await createWorld(config.databaseUrl, config.natsUrl);

let dropping: Promise<void> | undefined;
const drop = (): Promise<void> => (dropping ??= world.drop());
const stopping = new AbortController();
function interrupted(): void {
  stopping.abort();
  // The database goes away under contestants that still run: what they say of it is no news.
  process.on('uncaughtException', () => undefined).on('unhandledRejection', () => undefined);
  void drop().finally(() => process.exit(130));
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);

try {
  const { failures } = await runBench(world, command, console.log, stopping.signal);
  process.exitCode = failures === 0 ? 0 : 1;
} catch (error) {
  if (!stopping.signal.aborted) console.error(error);
  process.exitCode = 1;
}
await drop();
process.exit();
