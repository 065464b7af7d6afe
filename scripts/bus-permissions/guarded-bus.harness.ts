import { Bus } from '#leadwire/bus';
import { PrivateNats } from '#leadwire/testing';
import { PermissionViolationError, type Status } from '@nats-io/transport-node';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { authorizationConf, OPERATOR } from './authorization-conf.js';
import { NEEDS_FILE } from './permission-files.js';
import { loginsOf } from './permissions.js';
import type { Needs } from './service-needs.js';

/** What the committed files say that each process needs. */
export const NEEDS: Needs = JSON.parse(readFileSync(NEEDS_FILE, 'utf8'));

/** A real nats-server with the generated permissions, and connections under its logins. */
export class GuardedBus {
  private readonly opened: Bus[] = [];

  private constructor(
    private readonly nats: PrivateNats,
    private readonly passwords: Record<string, string>,
  ) {}

  static async start(): Promise<GuardedBus> {
    const passwords = Object.fromEntries([OPERATOR, ...Object.keys(NEEDS)].map((name) => [name, `p${randomBytes(12).toString('hex')}`]));
    const conf = authorizationConf(loginsOf(NEEDS), (name) => passwords[name]!);
    return new GuardedBus(await PrivateNats.start('include "authorization.conf"', { 'authorization.conf': conf }), passwords);
  }

  as(process: string): Promise<Bus> {
    return this.connect(process, this.passwords[process]!);
  }

  async connect(user: string, password: string): Promise<Bus> {
    const bus = await Bus.connect({ url: `nats://127.0.0.1:${this.nats.port}`, name: user, login: { user, password } });
    this.opened.push(bus);
    return bus;
  }

  async stop(): Promise<void> {
    await Promise.all(this.opened.map((bus) => bus.connection.close()));
    await this.nats.stop();
  }
}

/** What the server refuses a connection while `work` runs: `publish <subject>` or `subscription <subject>`. */
export async function refusals(bus: Bus, work: () => Promise<unknown> | void): Promise<Set<string>> {
  const refused = new Set<string>();
  const statuses = bus.connection.status() as AsyncIterable<Status> & { stop(): void };
  const reading = (async () => {
    for await (const status of statuses) {
      if (status.type === 'error' && status.error instanceof PermissionViolationError) refused.add(`${status.error.operation} ${status.error.subject}`);
    }
  })();
  await work();
  await bus.connection.flush();
  statuses.stop();
  await reading;
  return refused;
}
