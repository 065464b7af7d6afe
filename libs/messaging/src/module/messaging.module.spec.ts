import { defineEvent, Field, integer } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { TestDatabase, testServers, until } from '#leadwire/testing';
import { Inject, Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consumer, type Reaction } from '../consumers/consumer.decorator.js';
import type { Delivery } from '../consumers/delivery.js';
import { CreateBackbone1700000000000 } from '../migrations/create-backbone.js';
import { Outbox } from '../outbox/outbox.js';
import { MessagingModule } from './messaging.module.js';

class OrderPlaced {
  @Field(integer()) pieces: number;
}
const orderPlaced = defineEvent<OrderPlaced>('shop', 'order', 'placed', { summary: 'An order was placed.', payload: OrderPlaced });

@Injectable()
class PlaceOrder {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  execute(tenantId: string, pieces: number): Promise<void> {
    return this.database.forTenantAsService(tenantId, (tx) => this.outbox.add(tx, orderPlaced, newId(), { pieces }));
  }
}

const packed: number[] = [];

@Consumer({ name: 'pack-order', events: [orderPlaced] })
class PackOrder implements Reaction {
  handle(delivery: Delivery): Promise<void> {
    return delivery.each(async (_tx, event) => void packed.push(event.payload.pieces));
  }
}

describe('the backbone by itself, in an application that has nothing else of the platform', () => {
  let database: TestDatabase;
  const namespace = `t${randomBytes(5).toString('hex')}`;

  beforeAll(async () => {
    database = await TestDatabase.create({ shop: [CreateBackbone1700000000000] });
  });
  afterAll(() => database.drop());

  /** The whole of a shop. */
  function start(registry: Registry): Promise<INestApplicationContext> {
    @Module({
      imports: [
        MessagingModule.forRoot({
          service: 'shop', databaseUrl: database.urlFor('shop'), natsUrl: testServers().natsUrl, namespace, registry, logger: pino({ level: 'silent' }),
        }),
      ],
      providers: [PlaceOrder, PackOrder],
    })
    class ShopModule {}
    return NestFactory.createApplicationContext(ShopModule, { logger: false, abortOnError: false });
  }

  it('tells, publishes, reacts, measures, and drains with the application', async () => {
    const registry = new Registry();
    const app = await start(registry);
    const tenantId = newId();
    await app.get(PlaceOrder).execute(tenantId, 3);
    await until('it is packed', () => packed.length === 1);
    await app.get(PlaceOrder).execute(tenantId, 4);
    await app.close();
    const { rows } = await database.admin.query('select count(*)::int as n from shop.domain_events where processed');
    expect(rows[0].n).toBeGreaterThanOrEqual(1);
    expect(await registry.metrics()).toMatch(/leadwire_events_handled_total\{consumer="pack-order",type="shop.order.placed"\} \d/);

    const again = await start(new Registry());
    await until('what was told before the end is packed after the next start', () => packed.length === 2);
    expect(packed).toEqual([3, 4]);
    await again.close();
  });
});
