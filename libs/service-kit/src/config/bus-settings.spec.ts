import { describe, expect, it } from 'vitest';
import { busSettings } from './bus-settings.js';
import { CoreConfig } from './core.config.js';
import { loadConfig } from './load-config.js';

const read = (variables: Record<string, string>) => busSettings(loadConfig(CoreConfig, 'leads', { NATS_URL: 'tls://a:4222', CONTEXT_KEYS: '{}', ...variables }));

describe('the settings of the bus', () => {
  it('are the address alone where nothing else is set', () => {
    expect(read({})).toEqual({ url: 'tls://a:4222', namespace: '', replicas: 1 });
  });

  it('take the login and the files of TLS, each service’s own before the common one', () => {
    const given = { NATS_USER: 'x', LEADS_NATS_USER: 'leads', NATS_PASSWORD: 'p', NATS_TLS_CA: '/ca', NATS_TLS_CERT: '/cert', NATS_TLS_KEY: '/key' };
    expect(read(given)).toMatchObject({ login: { user: 'leads', password: 'p' }, tls: { caFile: '/ca', certFile: '/cert', keyFile: '/key' } });
  });

  it('are refused when half of the login is missing', () => {
    expect(() => read({ NATS_USER: 'leads' })).toThrow('NATS_USER and NATS_PASSWORD go together');
    expect(() => read({ NATS_PASSWORD: 'p' })).toThrow('NATS_USER and NATS_PASSWORD go together');
  });
});
