import { pauseConsumer, pausedConsumers, resumeConsumer } from '#leadwire/messaging';
import { ONE_WORD, type Call, type Command } from '../command.js';

export const pauseCommand: Command = {
  name: 'pause',
  takes: 'CONSUMER',
  summary: 'Holds a consumer still for all tenants, restarts included, until it is resumed. Nothing is lost for seven days.',
  options: {},
  words: ONE_WORD,
  run: (call) => set(call, true),
};

export const resumeCommand: Command = {
  name: 'resume',
  takes: 'CONSUMER',
  summary: 'Lets a paused consumer go on where it stood.',
  options: {},
  words: ONE_WORD,
  run: (call) => set(call, false),
};

async function set({ installation, given, output }: Call, paused: boolean): Promise<void> {
  const { service, name } = installation.consumer(given.words[0]!);
  const database = await installation.database(service);
  const changed = await database.withoutTenant(async (tx) => {
    const before = (await pausedConsumers(tx)).has(name);
    await (paused ? pauseConsumer : resumeConsumer)(tx, name);
    return before !== paused;
  });
  output.show({ service, consumer: name, paused, changed }, () => (paused ? pausedText(service, name, changed) : resumedText(service, name, changed)));
}

function pausedText(service: string, name: string, changed: boolean): string {
  if (!changed) return `${name} of ${service} was paused already. It goes on by: npm run events -- resume ${name}`;
  return `${name} of ${service} pauses in every process within about a second; what is in hand is finished. The stream keeps what waits for seven days.\nIt goes on by: npm run events -- resume ${name}`;
}

function resumedText(service: string, name: string, changed: boolean): string {
  return changed ? `${name} of ${service} goes on within about a second. How far it is: npm run events -- lag --service ${service}` : `${name} of ${service} was not paused.`;
}
