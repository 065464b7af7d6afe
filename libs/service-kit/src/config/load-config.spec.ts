import { flag, integer, number, text } from '#leadwire/contracts';
import { describe, expect, it } from 'vitest';
import { Env } from './env.decorator.js';
import { ConfigError, loadConfig } from './load-config.js';
import { ServiceConfig } from './service.config.js';

class ProbeConfig extends ServiceConfig {
  @Env('SECRET', text({ min: 16, max: 100 })) secret: string;
  @Env('RATIO', number({ min: 0, max: 1 }), { default: 0.5 }) ratio: number;
  @Env('TOGGLE', flag(), { default: false }) toggle: boolean;
  @Env('LIMIT', integer({ min: 1, max: 9 }), { optional: true }) limit?: number;
}

const GOOD = { NATS_URL: 'nats://a', CONTEXT_KEYS: '{}', DATABASE_URL: 'postgres://a', SECRET: 'x'.repeat(16) };
const fault = (env: Record<string, string | undefined>): string => {
  try {
    loadConfig(ProbeConfig, 'voice-calls', env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  return expect.fail('was accepted');
};

describe('configuration', () => {
  it('takes what is set and falls back on defaults', () => {
    const config = loadConfig(ProbeConfig, 'voice-calls', { ...GOOD, RATIO: '0.25', TOGGLE: 'true' });
    expect(config).toMatchObject({ natsUrl: 'nats://a', ratio: 0.25, toggle: true, httpPort: 8080 });
    expect(config.limit).toBeUndefined();
  });

  it('lets the service’s own variable win over the shared one', () => {
    const config = loadConfig(ProbeConfig, 'voice-calls', { ...GOOD, HTTP_PORT: '1', VOICE_CALLS_HTTP_PORT: '2', LEADS_HTTP_PORT: '3' });
    expect(config.httpPort).toBe(2);
  });

  it('names every variable that is missing, an empty one too', () => {
    const message = fault({ SECRET: '' });
    for (const name of ['NATS_URL', 'CONTEXT_KEYS', 'DATABASE_URL', 'SECRET']) expect(message).toContain(`${name} is not set`);
    expect(message).toContain('voice-calls');
  });

  it.each([
    ['HTTP_PORT', 'http'], ['HTTP_PORT', '70000'], ['HTTP_PORT', '1.5'], ['LOG_LEVEL', 'loud'], ['RATIO', '2'], ['TOGGLE', 'yes'],
    ['SECRET', 'short'], ['DATABASE_URL', 'mysql://a'], ['LIMIT', '0'], ['BUS_NAMESPACE', 'a.b'],
  ])('refuses %s=%s by its name', (name, value) => {
    const message = fault({ ...GOOD, [name]: value });
    expect(message).toContain(`${name}:`);
    expect(message.split('\n')).toHaveLength(2);
  });

  it('does not show the value of a secret that is not valid', () => {
    expect(fault({ ...GOOD, SECRET: 'hunter2' })).not.toContain('hunter2');
  });
});
