import { Problem } from '#leadwire/kernel';
import { RpcProblems } from '../rpc-problems.js';

/** Why a context was refused; for the audit and the metrics, never told to whoever sent it. */
export type RefusalReason =
  | 'missing'
  | 'malformed'
  | 'unknown-issuer'
  | 'bad-signature'
  | 'expired'
  | 'lives-too-long'
  | 'wrong-audience'
  | 'foreign-actor';

/** A context that was refused: `auth.context-refused`, and what only the service itself may know of it. */
export class ContextRefused extends Problem {
  constructor(
    readonly reason: RefusalReason,
    /** As the token says; only a bad-signature or worse makes it a lie, and nothing makes it the truth. */
    readonly claimed: { readonly issuer: string; readonly tenantId: string },
  ) {
    super(RpcProblems.contextRefused.type);
  }
}
