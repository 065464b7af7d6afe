import type { ServiceName } from '#leadwire/contracts';
import { listReplays, type TenantReplay } from '#leadwire/messaging';
import { NO_WORDS, ONE_WORD, type Command } from '../command.js';
import { facts } from '../facts.js';
import { OperatorError } from '../problems.js';
import { table, type Column } from '../table.js';

const SHOWN = 50;

interface ReplayOfService extends TenantReplay {
  readonly service: ServiceName;
}

const COLUMNS: readonly Column<ReplayOfService>[] = [
  { title: 'ID', text: ({ id }) => id },
  { title: 'STARTED', text: ({ startedAt }) => `${startedAt.toISOString().slice(0, 19)}Z` },
  { title: 'SERVICE', text: ({ service }) => service },
  { title: 'CONSUMER', text: ({ consumer }) => consumer },
  { title: 'TENANT', text: ({ tenantId }) => tenantId },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'FITTED', text: ({ total }) => total },
  { title: 'REPLAYED', text: ({ replayed }) => replayed },
  { title: 'LEFT OUT', text: ({ suppressed }) => suppressed },
];

export const listReplaysCommand: Command = {
  name: 'replay ls',
  takes: '[--limit N]',
  summary: `The latest replays of all tenants, ${SHOWN} unless told.`,
  options: { limit: 'text' },
  words: NO_WORDS,
  run: async ({ installation, given, output }) => {
    const limit = given.count('limit') ?? SHOWN;
    const found = await installation.each(async (service, database) => (await database.forPlatform((tx) => listReplays(tx, limit))).map((replay) => ({ service, ...replay })));
    const replays = found.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
    output.show({ replays }, () => (replays.length === 0 ? 'No replays.' : table(replays, COLUMNS)));
  },
};

export const showReplayCommand: Command = {
  name: 'replay show',
  takes: 'ID',
  summary: 'How far a replay is.',
  options: {},
  words: ONE_WORD,
  run: async ({ installation, given, output }) => {
    const ids = given.ids();
    const [replay] = await installation.each(async (service, database) => (await database.forPlatform((tx) => listReplays(tx, 1, ids))).map((one) => ({ service, ...one })));
    if (!replay) throw new OperatorError(`There is no replay ${ids[0]}. See: npm run events -- replay ls`);
    output.show(replay, () => facts(replay));
  },
};
