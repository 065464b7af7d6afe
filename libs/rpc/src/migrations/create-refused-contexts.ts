import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit of requests whose context was refused. It belongs to no tenant: which one a forged context claims is a claim.
 * One row an hour for each thing claimed, so that a flood counts up rows instead of adding them.
 */
export class CreateRefusedContexts1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table refused_contexts (
        hour timestamptz not null,
        operation varchar(120) not null,
        reason varchar(40) not null,
        claimed_issuer varchar(100) not null,
        claimed_tenant varchar(100) not null,
        refusals bigint not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        last_request_id varchar(100) not null,
        primary key (hour, operation, reason, claimed_issuer, claimed_tenant)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table refused_contexts');
  }
}
