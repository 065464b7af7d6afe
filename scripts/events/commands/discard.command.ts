import { discardDeadLetters } from '#leadwire/messaging';
import { CHOICE, CHOICE_OPTIONS, chooseLetters, summaryOf, totalOf, withEachTenant } from '../chosen-letters.js';
import { ANY_WORDS, type Command } from '../command.js';
import { counted } from '../output.js';
import { OperatorError, UsageError } from '../problems.js';

// More than somebody has looked at one by one.
const UNASKED = 100;
const REASON_LENGTH = 500;

export const discardCommand: Command = {
  name: 'dlq discard',
  takes: `${CHOICE} --reason TEXT [--yes]`,
  summary: `Gives dead letters up for good and keeps the reason; more than ${UNASKED} only with --yes.`,
  options: { ...CHOICE_OPTIONS, reason: 'text', yes: 'flag' },
  words: ANY_WORDS,
  run: async (call) => {
    const reason = call.given.text('reason')?.trim();
    if (!reason) throw new UsageError('Why? Give --reason TEXT; it is kept with them.');
    if (reason.length > REASON_LENGTH) throw new UsageError(`--reason has ${reason.length} characters; ${REASON_LENGTH} are kept.`);
    const chosen = await chooseLetters(call);
    const total = totalOf(chosen.letters);
    const tenants = new Set(chosen.letters.map(({ tenantId }) => tenantId)).size;
    if (total > UNASKED && !call.given.flag('yes')) throw new OperatorError(`Nothing was done: that would discard ${counted(total, 'dead letter')} of ${counted(tenants, 'tenant')} for good. Add --yes if they are meant.`);
    const discarded = await withEachTenant(call, chosen, (tx, choice) => discardDeadLetters(tx, choice, reason));
    call.output.show({ discarded, of: summaryOf(chosen.letters) }, () =>
      discarded === 0 ? 'No unresolved dead letter fits: nothing was done.' : `${counted(discarded, 'dead letter')} discarded, the reason kept; see: npm run events -- dlq ls --state resolved`);
  },
};
