import { Bus } from '#leadwire/bus';
import { connectionOptions, Database, serviceSchema } from '#leadwire/database';
import { ConsumerRuntime, Leases, MessagingMetrics, Outbox, Relay } from '#leadwire/messaging';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { everybodyLeads, shortenWindow, stripFence } from './broken.js';
import { reactions } from './consumers.js';
import { SERVICE } from './events.js';
import type { Conditions, ReplicaOrders } from './orders.js';

const POOL_SIZE = 12;

/** One process of a service, put together from the library as a service puts itself together. */
export interface Service {
  readonly database: Database;
  readonly outbox: Outbox;
  stop(): Promise<void>;
}

export async function startService(orders: ReplicaOrders, conditions: () => Conditions): Promise<Service> {
  const { name, natsUrl, databaseUrl: url, namespace } = orders;
  const logger = pino({ level: 'info' });
  const bus = await Bus.connect({ url: natsUrl, name, namespace });
  if (orders.windowShort) shortenWindow(bus);
  if (orders.broken === 'fence') stripFence(bus);
  const source = await new DataSource(connectionOptions(SERVICE, url, [], POOL_SIZE) as DataSourceOptions).initialize();
  const database = new Database(source, serviceSchema(SERVICE), SERVICE);
  const metrics = new MessagingMetrics(new Registry());
  const outbox = new Outbox(SERVICE);
  const leases = new Leases(url, name, SERVICE);
  const relay = new Relay({ service: SERVICE, bus, databaseUrl: url, leases: orders.broken === 'fence' ? everybodyLeads : leases, metrics, logger, outbox });
  const consumers = new ConsumerRuntime({ service: SERVICE, bus, database, metrics, logger }, leases);
  await relay.start();
  await consumers.start(reactions(outbox, orders, conditions));
  const stop = async (): Promise<void> => {
    await consumers.stop();
    await relay.stop();
    await leases.stop();
    await bus.close();
    await source.destroy();
  };
  return { database, outbox, stop };
}
