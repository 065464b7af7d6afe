import { readDeadLetter } from '#leadwire/messaging';
import { ONE_WORD, type Command } from '../command.js';
import { facts } from '../facts.js';
import { OperatorError } from '../problems.js';

export const showDeadLetterCommand: Command = {
  name: 'dlq show',
  takes: 'ID',
  summary: 'One dead letter with its whole error and its payload, which may hold personal data.',
  options: {},
  words: ONE_WORD,
  run: async ({ installation, given, output }) => {
    const id = given.ids()[0]!;
    const [letter] = await installation.each(async (service, database) => {
      const found = await database.forPlatform((tx) => readDeadLetter(tx, id));
      return found ? [{ service, ...found }] : [];
    });
    if (!letter) throw new OperatorError(`There is no dead letter ${id}${installation.services.length === 1 ? ` of ${installation.services[0]}` : ''}. See: npm run events -- dlq ls`);
    output.show(letter, () => {
      const { payload, error, ...rest } = letter;
      return `${facts(rest)}\n\nerror\n${error}\n\npayload\n${JSON.stringify(payload, null, 2)}`;
    });
    if (!output.json && letter.state === 'unresolved') output.note(`\nOnce more: npm run events -- dlq retry ${id}\nNever: npm run events -- dlq discard ${id} --reason TEXT`);
  },
};
