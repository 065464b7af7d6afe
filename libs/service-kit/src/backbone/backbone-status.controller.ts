import type { BackboneStatus, Nothing, Operation, ServiceName } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { backboneCounts } from '#leadwire/messaging';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller, type Type } from '@nestjs/common';

/** The controller with which a service tells of its outbox, inbox and dead letters; the same for every service. */
export function backboneStatusController(service: ServiceName, operation: Operation<Nothing, BackboneStatus>): Type {
  @Controller()
  class BackboneStatusController {
    constructor(private readonly database: Database) {}

    @Handle(operation)
    async status(call: Call<Nothing>): Promise<BackboneStatus> {
      const counts = await this.database.forTenant(call.caller, (tx) => backboneCounts(tx));
      return { service, ...counts };
    }
  }
  return BackboneStatusController;
}
