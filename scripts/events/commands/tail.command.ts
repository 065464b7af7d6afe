import type { ServiceName } from '#leadwire/contracts';
import { NO_WORDS, type Command } from '../command.js';
import type { Given } from '../given.js';
import { counted, type Output } from '../output.js';
import { UsageError } from '../problems.js';
import { readStream } from '../read-stream.js';
import { fits, type ToldEvent, type Wanted } from '../told-event.js';

const TYPE_WIDTH = 40;

export const tailCommand: Command = {
  name: 'tail',
  takes: '[--since 10m | --from TIME] [--type TYPE] [--tenant ID] [--aggregate ID] [--lane main|express] [--payload] [--limit N]',
  summary: 'Events as they come onto the streams, from now on unless told, until Ctrl-C. --payload shows what they say, which may be personal data.',
  options: { since: 'text', from: 'text', type: 'text', tenant: 'text', aggregate: 'text', lane: 'text', payload: 'flag', limit: 'text' },
  words: NO_WORDS,
  run: async (call) => {
    const { given, output, installation } = call;
    const [wanted, since, limit] = [wantedIn(given), sinceIn(given), given.count('limit') ?? Number.POSITIVE_INFINITY];
    const bus = await installation.bus();
    const services = installation.services.filter((service) => !wanted.type || wanted.type.startsWith(`${service}.`));
    let shown = 0;
    const enough = new AbortController();
    const stop = AbortSignal.any([call.stop, enough.signal]);
    await eachStream(services, output, (service) => readStream({ bus, service, wanted, since, stop }, (event) => {
      if (shown >= limit || !fits(event, wanted)) return;
      print(event, output, given.flag('payload'));
      if (++shown >= limit) enough.abort();
    }));
    output.note(`${counted(shown, 'event')} shown.`);
  },
};

function wantedIn(given: Given): Wanted {
  return { type: given.eventType(), tenantId: given.id('tenant'), aggregateId: given.id('aggregate'), lane: given.oneOf('lane', ['main', 'express']) };
}

function sinceIn(given: Given): Date | undefined {
  const [since, from] = [given.moment('since'), given.moment('from')];
  if (since && from) throw new UsageError('--since and --from do not go together.');
  return since ?? from;
}

type Reading = (service: ServiceName) => Promise<'read' | 'no stream'>;

async function eachStream(services: readonly ServiceName[], output: Output, read: Reading): Promise<void> {
  await Promise.all(services.map(async (service) => {
    if ((await read(service)) === 'no stream') output.note(`${service} has told nothing yet: it has no stream.`);
  }));
}

function print(event: ToldEvent, output: Output, withPayload: boolean): void {
  const { payload, ...rest } = event;
  output.line(withPayload ? event : rest, () => {
    const what = `${event.type} v${event.version}`.padEnd(TYPE_WIDTH);
    const line = `${event.time.toISOString()}  ${event.service.padEnd(14)}  ${what}  ${event.lane.padEnd(7)}  ${event.tenantId}  ${event.aggregateId}#${event.sequence}`;
    return withPayload ? `${line}  ${JSON.stringify(payload)}` : line;
  });
}
