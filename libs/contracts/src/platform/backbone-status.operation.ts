import { Field } from '../declare/field.js';
import { choice, integer, number } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { SERVICES, type ServiceName } from '../declare/service-name.js';
import { Nothing } from '../declare/shared-shapes.js';

/** What a service published and handled for the caller's tenant. */
export class BackboneStatus {
  @Field(choice(SERVICES)) service: string;
  @Field(integer({ min: 0 })) published: number;
  @Field(integer({ min: 0 }), { description: 'Committed, not yet on the stream.' }) unpublished: number;
  @Field(integer({ min: 0 })) handled: number;
  @Field(integer({ min: 0 })) deadLetters: number;
  @Field(number(), { nullable: true, description: 'From the row of the event to its committed effect, milliseconds.' })
  commitToHandledP50Ms: number | null;
  @Field(number(), { nullable: true }) commitToHandledP99Ms: number | null;
}

/** The operation with which every service tells of its outbox, inbox and dead letters. */
export function backboneStatusOperation(service: ServiceName) {
  return defineOperation<Nothing, BackboneStatus>(service, 'backbone-status', {
    summary: `Events published and handled by ${service}`,
    input: Nothing,
    answer: BackboneStatus,
    access: 'platform:view',
    effect: 'read',
    http: { method: 'GET', path: `/v1/platform/services/${service}/events` },
  });
}
