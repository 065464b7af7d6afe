import { pausedConsumers, retryDeadLetters } from '#leadwire/messaging';
import { CHOICE, CHOICE_OPTIONS, chooseLetters, summaryOf, withEachTenant, type ChosenLetters } from '../chosen-letters.js';
import { ANY_WORDS, type Command } from '../command.js';
import type { Installation } from '../installation.js';
import { counted } from '../output.js';
import { OperatorError } from '../problems.js';

export const retryCommand: Command = {
  name: 'dlq retry',
  takes: CHOICE,
  summary: 'Hands dead letters to their consumers again, which run them within a second or two.',
  options: CHOICE_OPTIONS,
  words: ANY_WORDS,
  run: async (call) => {
    const chosen = await chooseLetters(call);
    assertDeclared(chosen.letters, call.installation);
    const retried = await withEachTenant(call, chosen, retryDeadLetters);
    call.output.show({ retried, of: summaryOf(chosen.letters) }, () =>
      retried === 0 ? 'No unresolved dead letter fits: nothing was done.' : `${counted(retried, 'dead letter goes to its consumer', 'dead letters go to their consumers')} again; see: npm run events -- dlq ls`);
    for (const consumer of await pausedOf(chosen.letters, call.installation)) call.output.note(`${consumer} is paused: its letters run when it is resumed (npm run events -- resume ${consumer}).`);
  },
};

// Nobody would ever take up what waits for a consumer that is no more.
function assertDeclared(letters: readonly ChosenLetters[], installation: Installation): void {
  const gone = letters.find(({ service, consumer }) => !installation.consumers.some((one) => one.service === service && one.name === consumer));
  if (gone) throw new OperatorError(`Nothing was done: ${gone.service} has no consumer ${gone.consumer} any more, so nobody would take its dead letters up. Discard them: npm run events -- dlq discard --consumer ${gone.consumer} --reason TEXT`);
}

async function pausedOf(letters: readonly ChosenLetters[], installation: Installation): Promise<string[]> {
  const services = [...new Set(letters.map(({ service }) => service))];
  const paused = await Promise.all(services.map(async (service) => (await installation.database(service)).withoutTenant(pausedConsumers)));
  return [...new Set(letters.filter(({ service, consumer }) => paused[services.indexOf(service)]!.has(consumer)).map(({ consumer }) => consumer))];
}
