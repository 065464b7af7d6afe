import type { ServiceName } from '#leadwire/contracts';
import type { Database } from '#leadwire/database';
import { chosenDeadLetters, lagsOf, outboxBacklog, pausedSince, type ConsumerLag, type OutboxBacklog } from '#leadwire/messaging';
import { NO_WORDS, type Command } from '../command.js';
import { durablesOf } from '../durables.js';
import type { Installation } from '../installation.js';
import { lengthOf } from '../moments.js';
import { table, type Column } from '../table.js';

interface LagRow extends ConsumerLag {
  readonly service: ServiceName;
  /** Nobody has opened the durable yet: the consumer has never run here. */
  readonly started: boolean;
  readonly pausedSince: Date | null;
}

interface ServiceRow extends OutboxBacklog {
  readonly service: ServiceName;
  readonly deadLetters: number;
}

const LAGS: readonly Column<LagRow>[] = [
  { title: 'SERVICE', text: ({ service }) => service },
  { title: 'CONSUMER', text: ({ consumer }) => consumer },
  { title: 'READS', text: ({ source, aggregate, lane }) => `${source}.${aggregate}${lane === 'express' ? ' express' : ''}` },
  { title: 'PENDING', text: ({ pending }) => pending },
  { title: 'IN HAND', text: ({ inHand }) => inHand },
  { title: 'PARKED', text: ({ parked }) => parked },
  { title: 'OLDEST', text: ({ oldestUnhandledSeconds: age }) => (age === null ? null : lengthOf(age)) },
  { title: '', text: (lag) => remarksOn(lag) },
];

const OUTBOXES: readonly Column<ServiceRow>[] = [
  { title: 'SERVICE', text: ({ service }) => service },
  { title: 'UNPUBLISHED', text: ({ unpublished }) => unpublished },
  { title: 'OLDEST', text: ({ oldestSeconds: age }) => (age === null ? null : lengthOf(age)) },
  { title: 'DEAD LETTERS', text: ({ deadLetters }) => deadLetters },
];

export const lagCommand: Command = {
  name: 'lag',
  takes: '[--service NAME]',
  summary: 'How far each consumer is behind the streams, each relay behind its outbox, and how many dead letters there are.',
  options: {},
  words: NO_WORDS,
  run: async ({ installation, output }) => {
    const consumers = await installation.each((service, database) => lagRows(installation, service, database));
    const services = await installation.each(async (service, database) => [await serviceRow(service, database)]);
    output.show({ consumers, services }, () => `${table(consumers, LAGS)}\n\n${table(services, OUTBOXES)}`);
    if (!output.json && services.some(({ deadLetters }) => deadLetters > 0)) output.note('\nDead letters: npm run events -- dlq ls');
  },
};

async function lagRows(installation: Installation, service: ServiceName, database: Database): Promise<LagRow[]> {
  const bus = await installation.bus();
  const declared = installation.consumers.filter((consumer) => consumer.service === service);
  const durables = await durablesOf(declared, bus);
  const started = new Set(durables.filter((durable) => durable.started).map(({ durable }) => durable));
  const lags = await lagsOf(durables, { database, bus });
  const paused = await database.withoutTenant(pausedSince);
  return lags.map((lag) => ({ service, ...lag, started: started.has(lag.durable), pausedSince: paused.get(lag.consumer) ?? null }));
}

function remarksOn({ started, pausedSince: since }: LagRow): string {
  return [since ? `paused since ${since.toISOString().slice(0, 19)}Z` : '', started ? '' : 'never started'].filter(Boolean).join(', ');
}

function serviceRow(service: ServiceName, database: Database): Promise<ServiceRow> {
  return database.forPlatform(async (tx) => {
    const letters = await chosenDeadLetters(tx, {});
    return { service, ...(await outboxBacklog(tx)), deadLetters: letters.reduce((sum, { count }) => sum + count, 0) };
  });
}
