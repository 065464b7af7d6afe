import { Bus } from '#leadwire/bus';
import { SERVICES, type ServiceName } from '#leadwire/contracts';
import { connectionOptions, Database, serviceSchema } from '#leadwire/database';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Addresses } from './addresses.config.js';
import { didYouMean } from './closest-name.js';
import type { DeclaredConsumer } from './declared-consumers.js';
import { OperatorError } from './problems.js';

const CONNECT_MS = 5_000;

/** An installation as its operator reaches it: every service's tables, and the bus. Each is connected to when it is first asked for. */
export class Installation {
  private readonly sources = new Map<ServiceName, Promise<DataSource>>();
  private connected?: Promise<Bus>;

  constructor(
    private readonly addresses: Addresses,
    readonly consumers: readonly DeclaredConsumer[],
    /** The services that the command is about. */
    readonly services: readonly ServiceName[] = SERVICES,
  ) {}

  /** A service's tables, with the rights of that service and no more. */
  async database(service: ServiceName): Promise<Database> {
    if (!this.sources.has(service)) this.sources.set(service, this.connect(service));
    return new Database(await this.sources.get(service)!, serviceSchema(service), service);
  }

  bus(): Promise<Bus> {
    return (this.connected ??= this.connectBus());
  }

  /** Does something with each of the services that the command is about. */
  async each<T>(work: (service: ServiceName, database: Database) => Promise<T[]>): Promise<T[]> {
    const all = await Promise.all(this.services.map(async (service) => work(service, await this.database(service))));
    return all.flat();
  }

  /** The consumer of a name; @throws OperatorError when there is none, or several services have one. */
  consumer(name: string): DeclaredConsumer {
    const [found, other] = this.consumers.filter((consumer) => consumer.name === name && this.services.includes(consumer.service));
    if (!found) throw this.unknownConsumer(name);
    if (other) throw new OperatorError(`${found.service} and ${other.service} both have a consumer ${name}: say which by --service.`);
    return found;
  }

  /** The error that says so, with the name that may have been meant. */
  unknownConsumer(name: string): OperatorError {
    const elsewhere = this.consumers.find((consumer) => consumer.name === name);
    if (elsewhere) return new OperatorError(`${this.services.join(', ')} has no consumer ${name}: it is one of ${elsewhere.service}.`);
    const known = this.consumers.map((consumer) => consumer.name);
    return new OperatorError(`There is no consumer ${name}.${didYouMean(name, known)}\nThere are: ${[...new Set(known)].toSorted().join(', ')}.`);
  }

  async close(): Promise<void> {
    for (const source of this.sources.values()) await source.then((one) => one.destroy(), () => undefined);
    await this.connected?.then((bus) => bus.close(), () => undefined);
  }

  private async connect(service: ServiceName): Promise<DataSource> {
    const { extra, ...options } = connectionOptions(service, this.addresses.databaseUrlOf(service), [], 2) as DataSourceOptions & { extra: { options: string } };
    // Row-level security binds the service's role, and not an administrator's: whoever logs in acts as the service.
    const acting = `-c role=${serviceSchema(service).runtimeRole} ${extra.options}`;
    try {
      return await new DataSource({ ...options, applicationName: 'leadwire-events', extra: { ...extra, options: acting } } as DataSourceOptions).initialize();
    } catch (error) {
      throw new OperatorError(`The tables of ${service} cannot be reached in ${this.addresses.name}: ${reasonOf(error)}`, { cause: error });
    }
  }

  private async connectBus(): Promise<Bus> {
    const options = this.addresses.bus();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('no answer within 5 s')), CONNECT_MS)));
    try {
      return await Promise.race([Bus.connect({ ...options, name: 'leadwire-events' }), late]);
    } catch (error) {
      throw new OperatorError(`NATS cannot be reached in ${this.addresses.name}: ${reasonOf(error)}`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || 'no answer';
}
