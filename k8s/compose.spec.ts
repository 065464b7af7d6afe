import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '#leadwire/service-kit';
import { readLocalPaymentsConfig } from '../apps/billing-ledger/src/payments/local-payments/local-payments.config.js';
import { readLocalMailConfig } from '../apps/campaigns/src/mail/local-mail/local-mail.config.js';
import { readLocalCarrierConfig } from '../apps/voice-calls/src/carrier/local-carrier/local-carrier.config.js';
import { makeInstallationSecrets } from '../scripts/setup/installation-secrets.js';
import { deployedApps, hasSource, TOP } from './rendering/apps.js';
import { configClassOf } from './rendering/config-class.js';

interface ComposeService {
  image?: string;
  build?: { context: string; target: string };
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  ports?: string[];
  profiles?: string[];
  environment?: Record<string, string>;
}

type Environment = Record<string, string | undefined>;

const STAND_INS: Record<string, (environment: Environment) => unknown> = {
  'local-carrier': readLocalCarrierConfig,
  'local-mail': readLocalMailConfig,
  'local-payments': readLocalPaymentsConfig,
};

/** `${NAME:-default}` as compose reads it where nobody has set NAME. */
const withDefaults = (text: string) => text.replace(/\$\{\w+:?-([^}]*)\}/g, '$1');

const text = (name: string) => readFileSync(join(TOP, name), 'utf8');
const compose: { services: Record<string, ComposeService> } = parse(text('docker-compose.yml'), { merge: true });
const services = Object.entries(compose.services);
const stages = [...text('Dockerfile').matchAll(/^FROM .* AS (\S+)$/gm)].map((match) => match[1]);
const scriptOf = ({ command }: ComposeService) => command?.find((word) => word.startsWith('dist/'));

describe('docker-compose.yml', () => {
  it.each(deployedApps())('runs %s as a container of its own, after its migration', (app) => {
    const service = compose.services[app]!;
    expect(service.command).toEqual(['node', `--env-file=/run/leadwire/env/${app}.env`, `--env-file=/run/leadwire/bus/${app}.env`, `dist/apps/${app}/src/main.js`]);
    expect(service.depends_on).toMatchObject({
      migrate: { condition: 'service_completed_successfully' },
      nats: { condition: 'service_healthy' },
    });
    expect(service.healthcheck!.test!.join(' ')).toContain('/health/ready');
    expect(service.profiles).toBeUndefined();
  });

  it.each(deployedApps())('gives %s every setting it asks for, with a value it accepts', async (app) => {
    const secrets = makeInstallationSecrets({ adminUrl: 'postgres://postgres:leadwire@postgres:5432/leadwire', roleSecret: undefined });
    const given = Object.entries(compose.services[app]!.environment!).map(([name, value]) => [name, withDefaults(value)]);
    const config = await configClassOf(app);
    expect(() => loadConfig(config, app, { ...secrets[app], ...Object.fromEntries(given) })).not.toThrow();
  });

  it.each(Object.entries(STAND_INS))('gives %s every setting it asks for, with a value it accepts', (name, readConfig) => {
    const given = Object.entries(compose.services[name]!.environment!).map(([variable, value]) => [variable, withDefaults(value)]);
    expect(() => readConfig(Object.fromEntries(given))).not.toThrow();
    expect(() => readConfig({ LOCAL_MAIL_INBOUND_DOMAIN: 'a' })).toThrow(`${name} cannot start`);
  });

  it('names only programs that have a source, and stages that the Dockerfile has', () => {
    const own = services.filter(([, service]) => service.build);
    expect(own.length).toBeGreaterThan(deployedApps().length);
    for (const [, service] of own) {
      expect(scriptOf(service)).toSatisfy(hasSource);
      expect(stages).toContain(service.build!.target);
    }
  });

  it('publishes ports on this machine only, each movable by a variable', () => {
    const published = services.flatMap(([, { ports = [] }]) => ports);
    expect(published.length).toBeGreaterThanOrEqual(3);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z]+_PORT:-\d+\}:\d+$/);
    expect(new Set(published.map((port) => /:-(\d+)/.exec(port)![1])).size).toBe(published.length);
  });

  it('takes no image by a moving tag', () => {
    for (const [, { image }] of services) expect(image).toMatch(/:(?!latest$).+$/);
  });
});

describe('Dockerfile', () => {
  const dockerfile = text('Dockerfile');
  const runtime = dockerfile.slice(dockerfile.indexOf(' AS runtime'));

  it('starts the whole platform by default, not as root', () => {
    const command: string[] = JSON.parse(/^CMD (\[.*\])$/m.exec(runtime)![1]!);
    expect(command[1]).toSatisfy(hasSource);
    expect(runtime).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(runtime).toContain('/health/live');
  });

  it('copies only what the build context lets through', () => {
    const ignore = text('.dockerignore').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => match[1]!.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) expect(ignore).toContain(`!${path}`);
  });
});
