// node dist/scripts/events/main.js COMMAND: what an operator asks of events, consumers and dead letters.
import 'reflect-metadata';
import { ACCESS_FOLDER, environment } from './addresses.config.js';
import { declaredConsumers } from './declared-consumers.js';
import { runEvents } from './run-events.js';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => (stopping.signal.aborted ? process.exit(130) : stopping.abort()));
}
// Who reads the output has read enough (`| head`).
process.stdout.on('error', () => process.exit(0));

const code = await runEvents(process.argv.slice(2), {
  env: environment(),
  accessFolder: ACCESS_FOLDER,
  consumers: declaredConsumers,
  streams: { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) },
  stop: stopping.signal,
});
process.exit(code);
