import {
  BackboneProblems,
  type DeadLetterCount,
  type DeadLetterId,
  type DeadLetterSummary,
  type DeadLetterView,
  type deadLetterOperations,
  type DiscardDeadLetters,
  type ListDeadLetters,
  type Page,
  type RetryDeadLetters,
} from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import { discardDeadLetters, listDeadLetters, readDeadLetter, retryDeadLetters, type DeadLetter } from '#leadwire/messaging';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller, type Type } from '@nestjs/common';

const REASON_LENGTH = 500;

/** The controller with which a service shows, retries and discards its tenants' dead letters; the same for every service. */
export function deadLettersController(operations: ReturnType<typeof deadLetterOperations>): Type {
  @Controller()
  class DeadLettersController {
    @Handle(operations.listDeadLetters)
    list(call: Call<ListDeadLetters>): Promise<Page<DeadLetterSummary>> {
      const { limit = 50, cursor, consumer, type, state = 'unresolved' } = call.input;
      return call.transaction(async (tx) => {
        const filter = { consumer, type, state: state as DeadLetter['state'] };
        const rows = await listDeadLetters(tx, filter, limit + 1, cursor && idCursor(cursor));
        return pageOfRows(rows, limit, (row) => row.id, summaryOf);
      });
    }

    @Handle(operations.readDeadLetter)
    read(call: Call<DeadLetterId>): Promise<DeadLetterView> {
      return call.transaction(async (tx) => {
        const letter = await readDeadLetter(tx, call.input.deadLetterId);
        if (!letter) throw Problems.notFound();
        const { error, payload, discardReason } = letter;
        return { ...summaryOf(letter), error, payload: payload as Record<string, unknown>, discardReason };
      });
    }

    @Handle(operations.retryDeadLetters)
    retry(call: Call<RetryDeadLetters>): Promise<DeadLetterCount> {
      assertChosen(call.input);
      return call.transaction(async (tx) => ({ count: await retryDeadLetters(tx, call.input) }));
    }

    @Handle(operations.discardDeadLetters)
    discard(call: Call<DiscardDeadLetters>): Promise<DeadLetterCount> {
      const { reason, ...choice } = call.input;
      assertChosen(choice);
      return call.transaction(async (tx) => ({ count: await discardDeadLetters(tx, choice, reason) }));
    }
  }
  return DeadLettersController;
}

// Nothing chosen would be everything: that has to be said.
function assertChosen({ ids, consumer, type }: RetryDeadLetters): void {
  if (!ids && !consumer && !type) throw BackboneProblems.nothingChosen();
}

function summaryOf(letter: DeadLetter): DeadLetterSummary {
  const { id, consumer, eventId, type, version, aggregateType, aggregateId, sequence, attempts, state, resolution } = letter;
  return {
    id, consumer, eventId, type, version, aggregateType, aggregateId, sequence, attempts, state, resolution,
    reason: letter.error.slice(0, REASON_LENGTH),
    occurredAt: letter.occurredAt.toISOString(),
    createdAt: letter.createdAt.toISOString(),
    resolvedAt: letter.resolvedAt?.toISOString() ?? null,
  };
}
