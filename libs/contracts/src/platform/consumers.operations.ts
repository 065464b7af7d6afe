import { Field } from '../declare/field.js';
import { choice, flag, integer, list, number, object, text } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { SERVICES, type ServiceName } from '../declare/service-name.js';
import { Nothing } from '../declare/shared-shapes.js';
import { BackboneProblems } from './backbone.problems.js';

/** How far a consumer is with the events of one service. */
export class ConsumerLag {
  @Field(text({ max: 120 })) consumer: string;
  @Field(choice(SERVICES), { description: 'Whose events it reads.' }) source: string;
  @Field(integer({ min: 0 }), { nullable: true, description: 'On the stream, not yet handed out, of every tenant; null unless the caller operates the installation.' })
  pending: number | null;
  @Field(integer({ min: 0 }), { nullable: true, description: 'Handed out, not yet acknowledged; null as above.' }) inHand: number | null;
  @Field(integer({ min: 0 }), { description: "Waiting behind an event that failed and is tried again later: the caller's own, or everybody's for who operates the installation." }) parked: number;
  @Field(flag()) paused: boolean;
  @Field(number({ min: 0 }), { nullable: true, description: 'Age of the oldest of them; null when there is none.' })
  oldestUnhandledSeconds: number | null;
}

export class ConsumerLags {
  @Field(list(object(() => ConsumerLag), { max: 500 })) items: ConsumerLag[];
}

export class ConsumerChoice {
  @Field(text({ min: 1, max: 120 })) consumer: string;
}

export class ConsumerState {
  @Field(text({ max: 120 })) consumer: string;
  @Field(flag()) paused: boolean;
}

/** How a service's consumers are watched, paused and resumed. */
export function consumerOperations(service: ServiceName) {
  const path = `/v1/backbone/${service}/consumers`;
  const access = 'platform:operate';
  const problems = [BackboneProblems.unknownConsumer, BackboneProblems.operatorOnly];
  return {
    consumerLags: defineOperation<Nothing, ConsumerLags>(service, 'consumer-lags', {
      summary: `How far the consumers of ${service} are`,
      input: Nothing, answer: ConsumerLags, access, effect: 'read', http: { method: 'GET', path },
    }),
    pauseConsumer: defineOperation<ConsumerChoice, ConsumerState>(service, 'pause-consumer', {
      summary: 'Pause a consumer: what it has in hand is finished, nothing more is handed out',
      description: 'It stays paused, restarts included, until it is resumed.',
      input: ConsumerChoice, answer: ConsumerState, access, effect: 'write', http: { method: 'POST', path: `${path}/pause` }, problems,
    }),
    resumeConsumer: defineOperation<ConsumerChoice, ConsumerState>(service, 'resume-consumer', {
      summary: 'Resume a consumer where it was paused',
      input: ConsumerChoice, answer: ConsumerState, access, effect: 'write', http: { method: 'POST', path: `${path}/resume` }, problems,
    }),
  };
}
