import { Bus } from '#leadwire/bus';
import { Database } from '#leadwire/database';
import { ConsumerRuntime, declaredReactions, Messaging, MessagingMetrics } from '#leadwire/messaging';
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

/** Adds what every service starts and stops: the backbone, then requests; the last takes work in, so it is stopped first. */
@Injectable()
export class ServiceStart implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly messaging: Messaging,
    private readonly consumers: ConsumerRuntime,
    private readonly requests: RpcServer,
    private readonly lifecycle: Lifecycle,
    private readonly readiness: Readiness,
    private readonly discovery: DiscoveryService,
    private readonly registry: Registry,
  ) {}

  onModuleInit(): void {
    const nothing = () => Promise.resolve();
    this.lifecycle.add({
      name: 'messaging',
      start: () => this.messaging.start(declaredReactions(this.discovery)),
      stop: () => this.messaging.stop(),
    });
    // Nest subscribes the server itself; here it is only drained.
    this.lifecycle.add({ name: 'requests', start: nothing, stop: () => this.requests.drain() });
    this.readiness.require('database', () => this.database.withoutTenant(async () => true));
    this.readiness.require('bus', async () => this.bus.connected);
    this.addGauges();
  }

  private addGauges(): void {
    const read = (sql: string) => () =>
      this.database.forPlatform(async (tx) => (await tx.query<{ value: number }>(sql))[0]!.value).catch(() => Number.NaN);
    MessagingMetrics.consumerGauges(this.registry, () => this.consumers.lags());
    MessagingMetrics.gauge(this.registry, 'leadwire_outbox_oldest_seconds', 'Age of the oldest unpublished event.', read(OLDEST_UNPUBLISHED));
    MessagingMetrics.gauge(this.registry, 'leadwire_dead_letters_unresolved', 'Dead letters nobody has dealt with.', read(UNRESOLVED));
  }
}
