import type { ServiceName } from '#leadwire/contracts';
import type { Database, Tx } from '#leadwire/database';
import { countDeadLetters, listDeadLetters, type DeadLetter, type DeadLetterFilter } from '#leadwire/messaging';
import { NO_WORDS, type Command } from '../command.js';
import type { Given } from '../given.js';
import { counted } from '../output.js';
import { table, type Column } from '../table.js';

const SHOWN = 50;
const ERROR_LENGTH = 70;

interface LetterRow extends DeadLetter {
  readonly service: ServiceName;
}

const COLUMNS: readonly Column<LetterRow>[] = [
  { title: 'ID', text: ({ id }) => id },
  { title: 'SINCE', text: ({ createdAt }) => `${createdAt.toISOString().slice(0, 19)}Z` },
  { title: 'SERVICE', text: ({ service }) => service },
  { title: 'CONSUMER', text: ({ consumer }) => consumer },
  { title: 'TYPE', text: ({ type, version }) => `${type} v${version}` },
  { title: 'TENANT', text: ({ tenantId }) => tenantId },
  { title: 'STATE', text: ({ state, resolution }) => resolution ?? state },
  { title: 'ERROR', text: ({ error }) => firstLine(error) },
];

export const listDeadLettersCommand: Command = {
  name: 'dlq ls',
  takes: '[--consumer NAME] [--type TYPE] [--tenant ID] [--state unresolved|resolved|all] [--limit N]',
  summary: `Dead letters of all tenants, the latest first: ${SHOWN} unless told, unresolved ones unless told.`,
  options: { consumer: 'text', type: 'text', tenant: 'text', state: 'text', limit: 'text' },
  words: NO_WORDS,
  run: async ({ installation, given, output }) => {
    const [filter, limit, tenant] = [filterOf(given), given.count('limit') ?? SHOWN, given.id('tenant')];
    const found = await installation.each(async (service, database) => [await seen(database, tenant, async (tx) => ({
      total: await countDeadLetters(tx, filter),
      letters: (await listDeadLetters(tx, filter, limit)).map((letter) => ({ service, ...letter })),
    }))]);
    const total = found.reduce((sum, one) => sum + one.total, 0);
    const letters = found.flatMap((one) => one.letters).toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
    if (total === 0 && filter.consumer && !installation.consumers.some(({ name }) => name === filter.consumer)) throw installation.unknownConsumer(filter.consumer);
    output.show({ total, deadLetters: letters }, () => (total === 0 ? `No ${filter.state ? `${filter.state} ` : ''}dead letters.` : table(letters, COLUMNS)));
    if (!output.json && total > 0) output.note(`\n${counted(total, 'dead letter')}${total > letters.length ? `, ${letters.length} shown (--limit N shows more)` : ''}. One with its payload: npm run events -- dlq show ID`);
  },
};

function filterOf(given: Given): DeadLetterFilter {
  const state = given.oneOf('state', ['unresolved', 'resolved', 'all']) ?? 'unresolved';
  return { consumer: given.text('consumer'), type: given.text('type'), ...(state !== 'all' && { state }) };
}

/** Looks as a tenant where one is given, else across all of them. */
function seen<T>(database: Database, tenant: string | undefined, look: (tx: Tx) => Promise<T>): Promise<T> {
  return tenant ? database.forTenantAsService(tenant, look) : database.forPlatform(look);
}

function firstLine(error: string): string {
  const line = error.split('\n')[0]!;
  return line.length > ERROR_LENGTH ? `${line.slice(0, ERROR_LENGTH - 1)}…` : line;
}
