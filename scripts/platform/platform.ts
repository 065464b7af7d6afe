import { SERVICES } from '#leadwire/contracts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../migrate.js';
import { removeAccess, writeAccess } from './access-files.js';
import { Child, type ChildSpec } from './child.js';
import { platformEnvironment, standaloneEnvironment, type PlatformEnvironment, type PlatformPorts } from './platform-environment.js';
import { createRunStores, type RunStores } from './run-database.js';
import { createRunLogins, type RunLogins } from './run-logins.js';

/** How a run of the platform is to be. */
export interface PlatformOptions {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Where logins for the run are made, on a nats-server of this checkout's own. */
  readonly natsLogins?: string;
  /** Free ports of this machine: one for each service, the gateway and the listeners of the stand-ins. */
  readonly freePorts: readonly number[];
  /** Names the run's database and streams. */
  readonly purpose: string;
  /** Each service as a process of its own instead of all in one. */
  readonly processes: boolean;
  readonly smtpUrl?: string;
  readonly logFolder: string;
  /** Where the run leaves how its operator reaches it; nowhere unless told. */
  readonly accessFolder?: string;
  readonly logLevel?: string;
}

const STAND_INS: Record<string, string> = {
  'local-carrier': 'dist/apps/voice-calls/src/carrier/local-carrier/main.js',
  'local-payments': 'dist/apps/billing-ledger/src/payments/local-payments/main.js',
  'local-mail': 'dist/apps/campaigns/src/mail/local-mail/main.js',
};

/** The whole platform, running: services, gateway, and the local carrier, payment provider and mail server. */
export class Platform {
  private constructor(
    readonly url: string,
    readonly ports: PlatformPorts,
    private readonly stores: RunStores,
    private readonly logins: RunLogins,
    private readonly standIns: Child[],
    private readonly services: Child[],
    private readonly options: PlatformOptions,
  ) {}

  /** Makes the run's stores, migrates them and starts every process. */
  static async start(options: PlatformOptions): Promise<Platform> {
    const ports = assignPorts(options.freePorts);
    const stores = await createRunStores(options.databaseUrl, options.natsUrl, options.purpose);
    const logins = await createRunLogins(options.natsUrl, options.natsLogins, stores.namespace);
    const environment = platformEnvironment({ ...options, ...stores, natsUrlOf: logins.urlOf, ports, logLevel: options.logLevel ?? 'info' });
    await migrate(stores.adminUrl, environment.roleSecret);
    const standIns = standInSpecs(environment, ports, options.logFolder).map((spec) => new Child(spec));
    const services = serviceSpecs(environment, ports, options).map((spec) => new Child(spec));
    const platform = new Platform(environment.publicUrl, ports, stores, logins, standIns, services, options);
    await platform.startAll();
    if (options.accessFolder) writeAccess(options.accessFolder, { namespace: stores.namespace, databaseUrls: environment.databaseUrls, natsUrl: options.natsUrl });
    return platform;
  }

  /** Kills a service's process as a crash would, and starts it again after a while. */
  async crash(name: string, downMs: number): Promise<void> {
    const child = this.services.find(({ spec }) => spec.name === name);
    if (!child) throw new Error(`no process ${name}: run with --processes, and name one of ${this.services.map(({ spec }) => spec.name).join(', ')}`);
    await child.kill();
    await new Promise((resolve) => setTimeout(resolve, downMs));
    await child.start();
  }

  /** Drains and stops every process, the gateway first, then removes the run's database and streams. */
  async stop(): Promise<void> {
    for (const child of [...this.services].reverse()) await child.stop();
    await Promise.all(this.standIns.map((child) => child.stop()));
    if (this.options.accessFolder) removeAccess(this.options.accessFolder, this.stores.namespace);
    await this.stores.drop();
    await this.logins.drop();
  }

  /** Lets every process outlive this one; `npm run stop` finds them by the file written here. */
  keepRunning(): void {
    const children = [...this.services].reverse().concat(this.standIns);
    writeFileSync(join(this.options.logFolder, '..', 'platform.json'), JSON.stringify({ pids: children.map((child) => child.pid) }));
    for (const child of children) child.release();
  }

  private async startAll(): Promise<void> {
    try {
      await Promise.all(this.standIns.map((child) => child.start()));
      // Two at a time: on two cores more would only wait for each other.
      const waiting = [...this.services];
      const starter = async () => {
        for (let child = waiting.shift(); child; child = waiting.shift()) await child.start();
      };
      await Promise.all([starter(), starter()]);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }
}

function assignPorts(free: readonly number[]): PlatformPorts {
  const [gateway, carrier, payments, mailHttp, mailSmtp, ...services] = free as [number, number, number, number, number, ...number[]];
  if (services.length < SERVICES.length) throw new Error(`${5 + SERVICES.length} free ports are needed, ${free.length} were given`);
  return { gateway, carrier, payments, mailHttp, mailSmtp, services };
}

function standInSpecs({ processes }: PlatformEnvironment, ports: PlatformPorts, logFolder: string): ChildSpec[] {
  const readyUrls: Record<string, string> = {
    'local-carrier': `http://127.0.0.1:${ports.carrier}/_local/calls`,
    'local-payments': `http://127.0.0.1:${ports.payments}/_local/events`,
    'local-mail': `http://127.0.0.1:${ports.mailHttp}/_local/messages/count`,
  };
  return Object.entries(STAND_INS).map(([name, entry]) => ({
    name,
    entry,
    environment: processes[name]!,
    logFile: join(logFolder, `${name}.log`),
    readyUrl: readyUrls[name]!,
  }));
}

function serviceSpecs(environment: PlatformEnvironment, ports: PlatformPorts, options: PlatformOptions): ChildSpec[] {
  const spec = (name: string, port: number, variables: Record<string, string>): ChildSpec => ({
    name,
    entry: `dist/apps/${name}/src/main.js`,
    environment: variables,
    logFile: join(options.logFolder, `${name}.log`),
    readyUrl: `http://127.0.0.1:${port}/health/ready`,
  });
  if (!options.processes) return [spec('standalone', ports.gateway, standaloneEnvironment(environment))];
  const services = SERVICES.map((name, i) => spec(name, ports.services[i]!, environment.processes[name]!));
  return [...services, spec('gateway', ports.gateway, environment.processes['gateway']!)];
}
