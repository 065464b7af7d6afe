import { Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, integer, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import type { ServiceName } from '../declare/service-name.js';
import { BackboneProblems } from './backbone.problems.js';

export const REPLAY_EFFECTS = ['suppressed', 'performed'] as const;
export const REPLAY_STATES = ['running', 'done', 'failed'] as const;

/** Which events one consumer is to handle once more: those of the caller's tenant that fit all that is given. */
export class StartReplay {
  @Field(text({ min: 1, max: 120 })) consumer: string;
  @Field(text({ min: 1, max: 60 }), { optional: true, example: 'lead' }) aggregateType?: string;
  @Field(uuid(), { optional: true }) aggregateId?: string;
  @Field(text({ min: 1, max: 120 }), { optional: true, example: 'leads.lead.created' }) type?: string;
  @Field(timestamp(), { optional: true, description: 'Those that occurred then or later.' }) from?: string;
  @Field(timestamp(), { optional: true, description: 'Those that occurred before.' }) to?: string;
  @Field(choice(REPLAY_EFFECTS), { optional: true, default: 'suppressed', description: 'Of what leaves the house: mails, calls, charges.' })
  effects?: string;
}

export class ReplayId {
  @Field(uuid()) replayId: string;
}

export class ReplayView {
  @Field(uuid()) id: string;
  @Field(text({ max: 120 })) consumer: string;
  @Field(choice(REPLAY_EFFECTS)) effects: string;
  @Field(choice(REPLAY_STATES)) state: string;
  @Field(integer({ min: 0 }), { description: 'Events that fit.' }) total: number;
  @Field(integer({ min: 0 }), { description: 'Of them, handled once more.' }) replayed: number;
  @Field(integer({ min: 0 }), { description: 'Effects that would have left the house and did not.' }) suppressed: number;
  @Field(text({ max: 20_000 }), { nullable: true, description: 'Why it failed.' }) error: string | null;
  @Field(timestamp()) startedAt: string;
  @Field(timestamp(), { nullable: true, description: 'Null while it runs.' }) endedAt: string | null;
}

/** How events are handled once more by one of a service's consumers. */
export function replayOperations(service: ServiceName) {
  const path = `/v1/backbone/${service}/replays`;
  const access = 'platform:operate';
  return {
    startReplay: defineOperation<StartReplay, ReplayId>(service, 'start-replay', {
      summary: `Let one consumer of ${service} handle events once more`,
      description: 'By aggregate, type or time. What would leave the house is suppressed unless asked for.',
      input: StartReplay, answer: ReplayId, access, effect: 'write', http: { method: 'POST', path, status: 202 },
      problems: [BackboneProblems.unknownConsumer, BackboneProblems.replayRange],
      cost: 10,
    }),
    readReplay: defineOperation<ReplayId, ReplayView>(service, 'read-replay', {
      summary: 'How far a replay is',
      input: ReplayId, answer: ReplayView, access, effect: 'read', http: { method: 'GET', path: `${path}/:replayId` }, problems: [Problems.notFound],
    }),
  };
}
