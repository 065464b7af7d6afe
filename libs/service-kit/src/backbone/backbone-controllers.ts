import type { backboneOperations, ServiceName } from '#leadwire/contracts';
import type { Type } from '@nestjs/common';
import { backboneStatusController } from './backbone-status.controller.js';
import { consumersController } from './consumers.controller.js';
import { deadLettersController } from './dead-letters.controller.js';
import { replaysController } from './replays.controller.js';

/** The controllers with which a service answers what every service answers of its outbox, consumers and dead letters. */
export function backboneControllers(service: ServiceName, operations: ReturnType<typeof backboneOperations>): Type[] {
  return [
    backboneStatusController(service, operations.backboneStatus),
    deadLettersController(operations),
    consumersController(operations),
    replaysController(operations),
  ];
}
