import { backboneOperations, defineEvent, defineOperation, Field, integer, list, Nothing, object, text, uuid } from '#leadwire/contracts';
import { CURRENT_TENANT, lockToTenant } from '#leadwire/database';
import { Consumer, CreateBackbone1700000000000, Outbox, type Delivery, type Reaction } from '#leadwire/messaging';
import { CreateRefusedContexts1765000000000, Handle, type Call } from '#leadwire/rpc';
import { ServiceHarness } from '#leadwire/testing';
import { Controller, Module } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ServiceConfig } from './config/service.config.js';
import { ServiceModule } from './module/service.module.js';

export class Author {
  @Field(text({ min: 1, max: 10 })) name: string;
}
export class Note {
  @Field(uuid()) id: string;
  @Field(text({ min: 1, max: 20 })) words: string;
  @Field(integer({ min: 0 }), { optional: true }) stars?: number;
  @Field(object(() => Author), { optional: true }) author?: Author;
  @Field(list(object(() => Author), { max: 3 }), { optional: true }) readers?: Author[];
}
export class Noted {
  @Field(integer()) count: number;
}
export class Letters {
  @Field(text({ max: 5_000_000 })) letters: string;
}

export const noted = defineEvent('leads', 'note', 'noted', { summary: 'A note was taken.', payload: Noted });

export const probeOperations = {
  note: defineOperation<Note, Noted>('leads', 'note', { summary: 'Take a note', input: Note, answer: Noted, access: 'leads:write', effect: 'write' }),
  secretNote: defineOperation<Note, Noted>('leads', 'secret-note', {
    summary: 'Take a note, answer a secret', input: Note, answer: Noted, access: 'leads:write', effect: 'write', secretAnswer: true,
  }),
  insideOnly: defineOperation<Nothing, Noted>('leads', 'inside-only', { summary: 'Services only', input: Nothing, answer: Noted, access: 'internal', effect: 'read' }),
  anybody: defineOperation<Nothing, Noted>('leads', 'anybody', { summary: 'Signed in', input: Nothing, answer: Noted, access: 'signed-in', effect: 'read' }),
  large: defineOperation<Nothing, Letters>('leads', 'large', { summary: 'Too much', input: Nothing, answer: Letters, access: 'public', effect: 'read' }),
  broken: defineOperation<Nothing, Noted>('leads', 'broken', { summary: 'Breaks', input: Nothing, answer: Noted, access: 'public', effect: 'read' }),
  slow: defineOperation<Nothing, Noted>('leads', 'slow', { summary: 'Waits', input: Nothing, answer: Noted, access: 'public', effect: 'read' }),
  ...backboneOperations('leads'),
};

class CreateNotes1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table notes (id uuid not null, tenant_id uuid not null default ${CURRENT_TENANT}, words text not null)`);
    await runner.query(`create table heard (event_id uuid not null, tenant_id uuid not null default ${CURRENT_TENANT})`);
    await lockToTenant(runner, 'notes', 'heard');
  }

  async down(): Promise<void> {}
}

/** What a test may do in the midst of the probe's handlers. */
export const hooks: { inTransaction: (words: string) => Promise<void>; slow: () => Promise<void> } = {
  inTransaction: () => Promise.resolve(),
  slow: () => Promise.resolve(),
};

@Controller()
class ProbeController {
  constructor(private readonly outbox: Outbox) {}

  @Handle(probeOperations.note)
  note(call: Call<Note>): Promise<Noted> {
    return this.write(call);
  }

  @Handle(probeOperations.secretNote)
  secretNote(call: Call<Note>): Promise<Noted> {
    return this.write(call);
  }

  @Handle(probeOperations.insideOnly)
  async insideOnly(_call: Call<Nothing>): Promise<Noted> {
    return { count: 1 };
  }

  @Handle(probeOperations.anybody)
  async anybody(_call: Call<Nothing>): Promise<Noted> {
    return { count: 1 };
  }

  @Handle(probeOperations.large)
  async large(_call: Call<Nothing>): Promise<Letters> {
    return { letters: 'x'.repeat(2_000_000) };
  }

  @Handle(probeOperations.broken)
  async broken(_call: Call<Nothing>): Promise<Noted> {
    throw new Error('password=hunter2 at postgres://somewhere');
  }

  @Handle(probeOperations.slow)
  async slow(_call: Call<Nothing>): Promise<Noted> {
    await hooks.slow();
    return { count: 1 };
  }

  private write(call: Call<Note>): Promise<Noted> {
    return call.transaction(async (tx) => {
      await tx.query('insert into notes (id, words) values ($1, $2)', [call.input.id, call.input.words]);
      await hooks.inTransaction(call.input.words);
      const [row] = await tx.query<{ count: number }>('select count(*)::int as count from notes where id = $1', [call.input.id]);
      await this.outbox.add(tx, noted, call.input.id, row!);
      return row!;
    });
  }
}

@Consumer({ name: 'hear', events: [noted] })
class Hear implements Reaction {
  handle(delivery: Delivery): Promise<void> {
    return delivery.each(async (tx, event) => {
      await tx.query('insert into heard (event_id) values ($1)', [event.id]);
    });
  }
}

@Module({
  imports: [ServiceModule.forService({ name: 'leads', config: ServiceConfig, entities: [], operations: probeOperations })],
  controllers: [ProbeController],
  providers: [Hear],
})
class ProbeModule {}

/** A small real service on a real database and bus. */
export function startProbe(): Promise<ServiceHarness> {
  return ServiceHarness.start({ name: 'leads', module: ProbeModule, migrations: [CreateBackbone1700000000000, CreateNotes1700000000001, CreateRefusedContexts1765000000000] });
}
