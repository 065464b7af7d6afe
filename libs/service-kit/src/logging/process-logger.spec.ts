import { trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { startTracing } from '../tracing/start-tracing.js';
import { processLogger } from './process-logger.js';

function logged(write: (logger: ReturnType<typeof processLogger>) => void): Record<string, any>[] {
  const lines: string[] = [];
  write(processLogger('leads', 'info', { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

describe('a service’s log', () => {
  it('is one JSON object a line, with the service, from its level up', () => {
    const lines = logged((logger) => { logger.debug('not seen'); logger.info({ n: 1 }, 'seen'); });
    expect(lines).toEqual([expect.objectContaining({ service: 'leads', n: 1, msg: 'seen' })]);
  });

  it('cuts secrets out, at the top, nested, and in lists', () => {
    const [line] = logged((logger) => logger.info({
      password: 'hunter2', user: { accessToken: 'hunter2', name: 'ann' }, request: { headers: { authorization: 'hunter2', cookie: 'hunter2', 'set-cookie': 'hunter2' } },
      config: { databaseUrl: 'hunter2' }, keys: [{ apiKey: 'hunter2' }], deep: { a: { b: { secret: 'hunter2' } } },
    }, 'x'));
    expect(JSON.stringify(line)).not.toContain('hunter2');
    expect(line!['user']).toEqual({ accessToken: '[secret]', name: 'ann' });
  });

  it('carries the ids of the active trace, and none outside', () => {
    startTracing();
    const [inside, outside] = logged((logger) => {
      trace.getTracer('test').startActiveSpan('work', (span) => {
        logger.info({ expected: span.spanContext().traceId }, 'inside');
        span.end();
      });
      logger.info('outside');
    });
    expect(inside!['traceId']).toBe(inside!['expected']);
    expect(inside!['traceId']).toMatch(/^[0-9a-f]{32}$/);
    expect(outside).not.toHaveProperty('traceId');
  });
});
