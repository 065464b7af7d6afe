import type { ServiceName } from '#leadwire/contracts';
import { chosenDeadLetters, type ChosenDeadLetters, type DeadLetterChoice } from '#leadwire/messaging';
import type { TenantTx } from '#leadwire/database';
import type { Call } from './command.js';
import { OperatorError, UsageError } from './problems.js';

/** Unresolved dead letters that a command is about, of one tenant and consumer of a service. */
export interface ChosenLetters extends ChosenDeadLetters {
  readonly service: ServiceName;
}

/** How dead letters are chosen; the same for retry and discard. */
export const CHOICE = '(ID… | --consumer NAME | --type TYPE) [--tenant ID]';
export const CHOICE_OPTIONS = { consumer: 'text', type: 'text', tenant: 'text' } as const;

/**
 * Finds the unresolved dead letters chosen, of all tenants. Ids are all there or nothing is done; nothing chosen would be
 * everything, and that has to be said.
 */
export async function chooseLetters({ installation, given }: Call): Promise<{ choice: DeadLetterChoice; letters: ChosenLetters[] }> {
  const [ids, tenant] = [given.ids(), given.id('tenant')];
  const choice: DeadLetterChoice = { ...(ids.length > 0 && { ids }), consumer: given.text('consumer'), type: given.text('type') };
  if (!choice.ids && !choice.consumer && !choice.type) throw new UsageError('Which ones? Name ids, --consumer or --type.');
  const found = await installation.each(async (service, database) =>
    (await database.forPlatform((tx) => chosenDeadLetters(tx, choice))).map((some) => ({ service, ...some })),
  );
  const letters = found.filter(({ tenantId }) => !tenant || tenantId === tenant);
  const there = new Set(letters.flatMap((some) => some.ids));
  const missing = ids.filter((id) => !there.has(id));
  if (missing.length > 0) throw new OperatorError(`Nothing was done: no unresolved dead letter that fits is ${missing.join(', ')}. See: npm run events -- dlq show ${missing[0]}`);
  if (letters.length === 0 && choice.consumer && !installation.consumers.some(({ name }) => name === choice.consumer)) throw installation.unknownConsumer(choice.consumer);
  return { choice, letters };
}

/** Does something with the letters chosen, in one transaction a tenant; answers how many it was done with. */
export async function withEachTenant(
  { installation }: Call,
  { choice, letters }: { choice: DeadLetterChoice; letters: readonly ChosenLetters[] },
  work: (tx: TenantTx, choice: DeadLetterChoice) => Promise<number>,
): Promise<number> {
  let done = 0;
  for (const some of Map.groupBy(letters, ({ service, tenantId }) => `${service} ${tenantId}`).values()) {
    const { service, tenantId } = some[0]!;
    const own = choice.ids ? { ...choice, ids: some.flatMap(({ ids }) => ids) } : choice;
    try {
      done += await (await installation.database(service)).forTenantAsService(tenantId, (tx) => work(tx, own));
    } catch (error) {
      throw new OperatorError(`It ended at tenant ${tenantId} of ${service}, with ${done} dead letters done: ${(error as Error).message}\nThe same command goes on with the rest.`, { cause: error });
    }
  }
  return done;
}

/** How many letters there are in all. */
export function totalOf(letters: readonly ChosenLetters[]): number {
  return letters.reduce((sum, { count }) => sum + count, 0);
}

/** What is told of the letters to a program: how many of each consumer and tenant. */
export function summaryOf(letters: readonly ChosenLetters[]): object[] {
  return letters.map(({ service, consumer, tenantId, count }) => ({ service, consumer, tenantId, count }));
}
