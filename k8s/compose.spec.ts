import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployedApps, hasSource, TOP } from './rendering/apps.js';

interface ComposeService {
  image?: string;
  build?: { context: string; target: string };
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  ports?: string[];
  profiles?: string[];
}

const text = (name: string) => readFileSync(join(TOP, name), 'utf8');
const compose: { services: Record<string, ComposeService> } = parse(text('docker-compose.yml'), { merge: true });
const services = Object.entries(compose.services);
const stages = [...text('Dockerfile').matchAll(/^FROM .* AS (\S+)$/gm)].map((match) => match[1]);
const scriptOf = ({ command }: ComposeService) => command?.find((word) => word.startsWith('dist/'));

describe('docker-compose.yml', () => {
  it.each(deployedApps())('runs %s as a container of its own, after its migration', (app) => {
    const service = compose.services[app]!;
    expect(service.command).toEqual(['node', `--env-file=/run/leadwire/env/${app}.env`, `dist/apps/${app}/src/main.js`]);
    expect(service.depends_on).toMatchObject({
      migrate: { condition: 'service_completed_successfully' },
      nats: { condition: 'service_healthy' },
    });
    expect(service.healthcheck!.test!.join(' ')).toContain('/health/ready');
    expect(service.profiles).toBeUndefined();
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
    expect(published).toHaveLength(3);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:\$\{(POSTGRES|NATS|GATEWAY)_PORT:-\d+\}:\d+$/);
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
