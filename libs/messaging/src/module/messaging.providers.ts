import { Bus } from '#leadwire/bus';
import { Database } from '#leadwire/database';
import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { ConsumerRuntime } from '../consumers/consumer-runtime.js';
import { Leases } from '../leases/leases.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import { Outbox } from '../outbox/outbox.js';
import { Relay } from '../relay/relay.js';
import { ReplayRunner } from '../replay/replay-runner.js';
import { Retention } from '../retention/retention.js';
import { Messaging } from './messaging.js';

/** What the backbone of a service is told besides the connections it uses. */
export interface MessagingSettings {
  /** The service's own login: relay and leases keep a connection each. */
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/** Injects the `MessagingSettings`; whoever uses `messagingProviders` provides them. */
export const MESSAGING_SETTINGS = Symbol('leadwire:messaging-settings');

/** Outbox, relay, retention, consumers and leases of a service. They need `Bus`, `Database`, `Registry`, the settings. */
export function messagingProviders(service: string): Provider[] {
  return [
    { provide: Outbox, useFactory: () => new Outbox(service) },
    { provide: MessagingMetrics, useFactory: (registry: Registry) => new MessagingMetrics(registry), inject: [Registry] },
    {
      provide: Leases,
      useFactory: ({ databaseUrl }: MessagingSettings) => new Leases(databaseUrl, `leadwire-${service}-leases`, service),
      inject: [MESSAGING_SETTINGS],
    },
    {
      provide: Relay,
      useFactory: (settings: MessagingSettings, bus: Bus, leases: Leases, metrics: MessagingMetrics, outbox: Outbox) =>
        new Relay({ service, bus, leases, metrics, outbox, ...settings }),
      inject: [MESSAGING_SETTINGS, Bus, Leases, MessagingMetrics, Outbox],
    },
    {
      provide: Retention,
      useFactory: ({ logger }: MessagingSettings, database: Database, leases: Leases) => new Retention(service, database, leases, logger),
      inject: [MESSAGING_SETTINGS, Database, Leases],
    },
    {
      provide: ConsumerRuntime,
      useFactory: ({ logger }: MessagingSettings, bus: Bus, database: Database, leases: Leases, metrics: MessagingMetrics) =>
        new ConsumerRuntime({ service, bus, database, metrics, logger }, leases),
      inject: [MESSAGING_SETTINGS, Bus, Database, Leases, MessagingMetrics],
    },
    {
      provide: ReplayRunner,
      useFactory: ({ logger }: MessagingSettings, bus: Bus, database: Database, leases: Leases, metrics: MessagingMetrics) =>
        new ReplayRunner({ service, bus, database, metrics, logger }, leases),
      inject: [MESSAGING_SETTINGS, Bus, Database, Leases, MessagingMetrics],
    },
    {
      provide: Messaging,
      useFactory: (leases: Leases, relay: Relay, retention: Retention, consumers: ConsumerRuntime, replays: ReplayRunner) =>
        new Messaging(leases, relay, retention, consumers, replays),
      inject: [Leases, Relay, Retention, ConsumerRuntime, ReplayRunner],
    },
  ];
}
