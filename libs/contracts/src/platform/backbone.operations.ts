import type { ServiceName } from '../declare/service-name.js';
import { backboneStatusOperation } from './backbone-status.operation.js';
import { consumerOperations } from './consumers.operations.js';
import { deadLetterOperations } from './dead-letters.operations.js';
import { replayOperations } from './replays.operations.js';

/** What every service answers about its outbox, consumers and dead letters, the same for all. */
export function backboneOperations(service: ServiceName) {
  return {
    backboneStatus: backboneStatusOperation(service),
    ...deadLetterOperations(service),
    ...consumerOperations(service),
    ...replayOperations(service),
  };
}
