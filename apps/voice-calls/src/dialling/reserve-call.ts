import { BillingProblems, billingOperations } from '#leadwire/contracts';
import { Problem, serviceCaller } from '#leadwire/kernel';
import { clientOf, RpcClient } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import type { CallLogEntity } from '../calls/call-log.entity.js';
import { worstCaseOf } from './worst-case.js';

/** `later`: billing did not answer, so whether it is held is not known; asking again reserves once. */
export type ReservationOutcome = 'held' | 'insufficient' | 'refused' | 'later';

const LIFETIME_MS = 24 * 3_600_000;

/** Holds the worst case of a call in the wallet before it is dialled. */
@Injectable()
export class ReserveCall {
  private readonly billing;

  constructor(rpc: RpcClient) {
    this.billing = clientOf(rpc, billingOperations);
  }

  async hold(call: CallLogEntity, instructions: string): Promise<ReservationOutcome> {
    try {
      await this.billing.reserveForUsage(requestOf(call, instructions), {
        caller: serviceCaller('voice-calls', call.tenantId),
        idempotencyKey: `call:${call.id}:reserve`,
      });
      return 'held';
    } catch (error) {
      return outcomeOf(error);
    }
  }
}

// Everything in it comes from the row, so that asking again asks for the same.
function requestOf(call: CallLogEntity, instructions: string) {
  return {
    reservationId: call.reservationId,
    featureKey: 'voice-calls',
    referenceType: 'call',
    referenceId: call.id,
    items: worstCaseOf({ maxMinutes: call.maxMinutes, instructions }),
    expiresAt: new Date(call.createdAt.getTime() + LIFETIME_MS).toISOString(),
  };
}

function outcomeOf(error: unknown): ReservationOutcome {
  if (!(error instanceof Problem) || error.type.status >= 500) return 'later';
  return error.code === BillingProblems.insufficient.type.code ? 'insufficient' : 'refused';
}
