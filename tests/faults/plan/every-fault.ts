import { duplicateEvents, loseDurable, refuseTenant } from './delivery-faults.js';
import type { Fault } from './fault.js';
import { cutBus, resetPostgres, slowPostgres, stallLink } from './link-faults.js';
import { endReplica, freezeReplica, freezeServer, killReplica, stepClock } from './process-faults.js';
import { fillDisk, restartNats, restartPostgres } from './server-faults.js';

/** Every kind of fault, by the name that `--only` knows it by. */
export const FAULTS = {
  kill: killReplica,
  freeze: freezeReplica,
  'freeze-server': freezeServer,
  end: endReplica,
  nats: restartNats,
  unreachable: cutBus,
  stall: stallLink,
  postgres: restartPostgres,
  reset: resetPostgres,
  slow: slowPostgres,
  duplicate: duplicateEvents,
  redeliver: loseDurable,
  clock: stepClock,
  disk: fillDisk,
  throw: refuseTenant,
} satisfies Record<string, Fault>;

export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];
