import { Bus } from '#leadwire/bus';
import { Database } from '#leadwire/database';
import { CONSUMER, ConsumerRuntime, Leases, MessagingMetrics, Relay, Retention, type ConsumerSpec, type Reaction } from '#leadwire/messaging';
import { RpcServer } from '#leadwire/rpc';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Registry } from 'prom-client';
import { Readiness } from '../health/readiness.js';
import { Lifecycle } from './lifecycle.js';

const OLDEST_UNPUBLISHED = `
  select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 as value
  from domain_events where not processed`;
const UNRESOLVED = `select count(*)::int as value from dead_letters where resolved_at is null`;

/** Adds what every service starts and stops: relay, consumers, requests; the last takes work in, so it is stopped first. */
@Injectable()
export class ServiceStart implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly relay: Relay,
    private readonly consumers: ConsumerRuntime,
    private readonly retention: Retention,
    private readonly requests: RpcServer,
    private readonly lifecycle: Lifecycle,
    private readonly readiness: Readiness,
    private readonly discovery: DiscoveryService,
    private readonly registry: Registry,
  ) {}

  onModuleInit(): void {
    const nothing = () => Promise.resolve();
    this.lifecycle.add({ name: 'leases', start: nothing, stop: () => this.leases.stop() });
    this.lifecycle.add({ name: 'relay', start: () => this.relay.start(), stop: () => this.relay.stop() });
    this.lifecycle.add({ name: 'retention', start: async () => this.retention.start(), stop: () => this.retention.stop() });
    this.lifecycle.add({
      name: 'consumers',
      start: () => this.consumers.start(this.reactions()),
      stop: () => this.consumers.stop(),
    });
    // Nest subscribes the server itself; here it is only drained.
    this.lifecycle.add({ name: 'requests', start: nothing, stop: () => this.requests.drain() });
    this.readiness.require('database', () => this.database.withoutTenant(async () => true));
    this.readiness.require('bus', async () => this.bus.connected);
    this.addGauges();
  }

  private reactions(): { spec: ConsumerSpec; reaction: Reaction }[] {
    return this.discovery
      .getProviders()
      .filter(({ metatype }) => typeof metatype === 'function' && Reflect.hasMetadata(CONSUMER, metatype))
      .map(({ metatype, instance }) => ({ spec: Reflect.getMetadata(CONSUMER, metatype!), reaction: instance as Reaction }));
  }

  private addGauges(): void {
    const read = (sql: string) => () =>
      this.database.forPlatform(async (tx) => (await tx.query<{ value: number }>(sql))[0]!.value).catch(() => Number.NaN);
    MessagingMetrics.gauge(this.registry, 'leadwire_outbox_oldest_seconds', 'Age of the oldest unpublished event.', read(OLDEST_UNPUBLISHED));
    MessagingMetrics.gauge(this.registry, 'leadwire_dead_letters_unresolved', 'Dead letters nobody has dealt with.', read(UNRESOLVED));
  }
}
