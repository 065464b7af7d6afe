import { trace } from '@opentelemetry/api';
import { destination, pino, type Logger } from 'pino';

// What must never reach a log, wherever it stands in what is logged.
const SECRETS = ['password', 'secret', 'token', 'refreshToken', 'accessToken', 'apiKey', 'authorization', 'cookie'];

/** A service's log: JSON lines on stdout, each with the trace it belongs to, secrets cut out. */
export function processLogger(service: string, level: string): Logger {
  return pino(
    {
      level,
      base: { service },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
      mixin: traceIds,
    },
    destination({ dest: 1, sync: false }),
  );
}

function traceIds(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}
