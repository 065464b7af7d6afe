import { NO_WORDS, type Command } from '../command.js';
import type { Given } from '../given.js';
import { counted, type Output } from '../output.js';
import { UsageError } from '../problems.js';
import { readStream } from '../read-stream.js';
import { TimeOrder } from '../time-order.js';
import { fits, type ToldEvent, type Wanted } from '../told-event.js';

const TYPE_WIDTH = 40;

export const tailCommand: Command = {
  name: 'tail',
  takes: '[--since 10m | --from TIME] [--type TYPE] [--tenant ID] [--aggregate ID] [--lane main|express] [--payload] [--limit N]',
  summary: 'Events as they come onto the streams, from now on unless told, until Ctrl-C; those of the past in the order of their time. --payload shows what they say, which may be personal data.',
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
    const order = new TimeOrder<ToldEvent>(new Set(services), (event) => {
      if (shown >= limit || !fits(event, wanted)) return;
      print(event, output, given.flag('payload'));
      if (++shown >= limit) enough.abort();
    });
    stop.addEventListener('abort', () => order.end(), { once: true });
    await Promise.all(services.map(async (service) => {
      const receiver = { receive: (event: ToldEvent, last: boolean) => order.offer(service, event, last), caughtUp: () => order.caughtUp(service) };
      if ((await readStream({ bus, service, wanted, since, stop }, receiver)) === 'no stream') output.note(`${service} has told nothing yet: it has no stream.`);
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

function print(event: ToldEvent, output: Output, withPayload: boolean): void {
  const { payload, ...rest } = event;
  output.line(withPayload ? event : rest, () => {
    const what = `${event.type} v${event.version}`.padEnd(TYPE_WIDTH);
    const line = `${event.time.toISOString()}  ${event.service.padEnd(14)}  ${what}  ${event.lane.padEnd(7)}  ${event.tenantId}  ${event.aggregateId}#${event.sequence}`;
    return withPayload ? `${line}  ${JSON.stringify(payload)}` : line;
  });
}
