import { replayableTenants, startReplay, type ReplayRequest } from '#leadwire/messaging';
import { NO_WORDS, type Call, type Command } from '../command.js';
import type { DeclaredConsumer } from '../declared-consumers.js';
import type { Given } from '../given.js';
import { counted } from '../output.js';
import { OperatorError, UsageError } from '../problems.js';

const TENANTS_UNASKED = 100;

export const replayCommand: Command = {
  name: 'replay',
  takes: '--consumer NAME (--tenant ID | --all-tenants) [--aggregate-type T] [--aggregate ID] [--type TYPE] [--from TIME] [--to TIME] [--perform-effects] [--yes]',
  summary: `Hands events to one consumer once more, of seven days at most; mails, calls and charges only with --perform-effects; of more than ${TENANTS_UNASKED} tenants only with --yes.`,
  options: {
    consumer: 'text', tenant: 'text', 'all-tenants': 'flag', 'aggregate-type': 'text', aggregate: 'text', type: 'text', from: 'text', to: 'text',
    'perform-effects': 'flag', yes: 'flag',
  },
  words: NO_WORDS,
  run: async (call) => {
    const { given, installation, output } = call;
    const request = requestOf(given);
    const consumer = installation.consumer(request.consumer);
    assertRead(request, consumer);
    const tenants = await tenantsOf(call, consumer, request);
    const database = await installation.database(consumer.service);
    const replays: { id: string; tenantId: string }[] = [];
    for (const tenantId of tenants) replays.push({ id: await database.forTenantAsService(tenantId, (tx) => startReplay(tx, request)), tenantId });
    output.show({ service: consumer.service, consumer: consumer.name, effects: request.effects, replays }, () => textOf(consumer, request, replays));
  },
};

function requestOf(given: Given): ReplayRequest {
  const consumer = given.text('consumer');
  const [from, to] = [given.moment('from'), given.moment('to')];
  if (!consumer) throw new UsageError('Which consumer? Give --consumer NAME.');
  if (from && to && from >= to) throw new UsageError('--from is not before --to.');
  return {
    consumer, from, to, aggregateType: given.text('aggregate-type'), aggregateId: given.id('aggregate'), type: given.eventType(),
    effects: given.flag('perform-effects') ? 'performed' : 'suppressed',
  };
}

// A replay of what the consumer never reads would end well, with nothing done.
function assertRead({ type, aggregateType }: ReplayRequest, { name, reads }: DeclaredConsumer): void {
  const of = reads.map(({ source, aggregate }) => `${source}.${aggregate}`);
  if (type && !of.some((prefix) => type.startsWith(`${prefix}.`))) throw new OperatorError(`${name} does not read ${type}: it reads events of ${of.join(', ')}.`);
  const types = [...new Set(reads.map(({ aggregate }) => aggregate))];
  if (aggregateType && !types.includes(aggregateType)) throw new OperatorError(`${name} does not read events of a ${aggregateType}: it reads those of ${types.join(', ')}.`);
}

async function tenantsOf({ given, installation }: Call, { service, name }: DeclaredConsumer, request: ReplayRequest): Promise<string[]> {
  const [tenant, all] = [given.id('tenant'), given.flag('all-tenants')];
  if (tenant && all) throw new UsageError('--tenant and --all-tenants do not go together.');
  if (tenant) return [tenant];
  if (!all) throw new UsageError('Whose events? Give --tenant ID, or --all-tenants for a replay for each tenant.');
  if (request.aggregateId) throw new UsageError('--aggregate is one tenant\'s: give --tenant ID with it.');
  const tenants = await (await installation.database(service)).forPlatform((tx) => replayableTenants(tx, request));
  if (tenants.length > TENANTS_UNASKED && !given.flag('yes')) {
    throw new OperatorError(`Nothing was done: ${name} has dealt with such events of ${counted(tenants.length, 'tenant')}, and they are replayed one after the other. Add --yes if all are meant.`);
  }
  return tenants;
}

function textOf({ service, name }: DeclaredConsumer, { effects }: ReplayRequest, replays: readonly { id: string; tenantId: string }[]): string {
  if (replays.length === 0) return `${name} has dealt with no such events of any tenant: there is nothing to replay.`;
  const outward = effects === 'performed' ? 'mails, calls and charges included' : 'mails, calls and charges left out';
  const asked = `${counted(replays.length, 'replay')} of ${name} asked for, ${outward}; a process of ${service} runs ${replays.length === 1 ? 'it' : 'them one after the other'}.`;
  const see = replays.length === 1 ? `replay show ${replays[0]!.id}` : `replay ls --service ${service}`;
  return `${asked}\nHow far: npm run events -- ${see}`;
}
