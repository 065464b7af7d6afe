import { trace } from '@opentelemetry/api';
import { destination, pino, type DestinationStream, type Logger } from 'pino';

// What must never reach a log, down to the fourth level of what is logged.
const SECRETS = [
  'password', 'secret', 'token', 'refreshToken', 'accessToken', 'apiKey', 'contextKeys', 'databaseUrl',
  'authorization', 'Authorization', 'cookie', '["set-cookie"]',
];
const LEVELS = ['', '*', '*.*', '*.*.*'];

/** A service's log: JSON lines on stdout (or where told), each with the trace it belongs to, secrets cut out. */
export function processLogger(service: string, level: string, to?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service },
      redact: { paths: LEVELS.flatMap((above) => SECRETS.map((name) => pathOf(above, name))), censor: '[secret]' },
      mixin: traceIds,
    },
    to ?? destination({ dest: 1, sync: false }),
  );
}

function pathOf(above: string, name: string): string {
  return above === '' || name.startsWith('[') ? above + name : `${above}.${name}`;
}

function traceIds(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}
