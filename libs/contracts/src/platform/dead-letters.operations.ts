import { Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, integer, list, record, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';
import type { ServiceName } from '../declare/service-name.js';
import { BackboneProblems } from './backbone.problems.js';

export const DEAD_LETTER_STATES = ['unresolved', 'resolved'] as const;
export const DEAD_LETTER_RESOLUTIONS = ['retried', 'discarded'] as const;

/** An event that a consumer could not handle, as a list tells of it. */
export class DeadLetterSummary {
  @Field(uuid()) id: string;
  @Field(text({ max: 120 })) consumer: string;
  @Field(uuid()) eventId: string;
  @Field(text({ max: 120 })) type: string;
  @Field(integer({ min: 1 })) version: number;
  @Field(text({ max: 60 })) aggregateType: string;
  @Field(uuid()) aggregateId: string;
  @Field(integer({ min: 1 }), { description: "Place among the aggregate's events." }) sequence: number;
  @Field(text({ max: 500 }), { description: 'How the error begins.' }) reason: string;
  @Field(integer({ min: 0 })) attempts: number;
  @Field(choice(DEAD_LETTER_STATES)) state: string;
  @Field(choice(DEAD_LETTER_RESOLUTIONS), { nullable: true, description: 'Null while unresolved; a retry that fails again is unresolved again.' })
  resolution: string | null;
  @Field(timestamp()) occurredAt: string;
  @Field(timestamp(), { description: 'When it was given up.' }) createdAt: string;
  @Field(timestamp(), { nullable: true }) resolvedAt: string | null;
}

/** All that is known of it. */
export class DeadLetterView extends DeadLetterSummary {
  @Field(text({ max: 20_000 }), { description: 'The whole error, of the last attempt.' }) error: string;
  @Field(record(), { description: 'As the event came.' }) payload: Record<string, unknown>;
  @Field(text({ max: 500 }), { nullable: true, description: 'Why it was discarded.' }) discardReason: string | null;
}

export class DeadLetterPage extends pageOf(DeadLetterSummary) {}

export class ListDeadLetters extends PageQuery {
  @Field(text({ max: 120 }), { optional: true }) consumer?: string;
  @Field(text({ max: 120 }), { optional: true, example: 'leads.lead.created' }) type?: string;
  @Field(choice(DEAD_LETTER_STATES), { optional: true, default: 'unresolved' }) state?: string;
}

export class DeadLetterId {
  @Field(uuid()) deadLetterId: string;
}

/** Which unresolved dead letters are meant: those that fit all that is given; at least one field must be. */
export class RetryDeadLetters {
  @Field(list(uuid(), { min: 1, max: 1000 }), { optional: true }) ids?: string[];
  @Field(text({ min: 1, max: 120 }), { optional: true }) consumer?: string;
  @Field(text({ min: 1, max: 120 }), { optional: true, example: 'leads.lead.created' }) type?: string;
}

export class DiscardDeadLetters extends RetryDeadLetters {
  @Field(text({ min: 1, max: 500 }), { description: 'Kept with each of them.' }) reason: string;
}

export class DeadLetterCount {
  @Field(integer({ min: 0 }), { description: 'How many were unresolved and fitted.' }) count: number;
}

/** How a service's dead letters are inspected, retried and discarded. */
export function deadLetterOperations(service: ServiceName) {
  const path = `/v1/backbone/${service}/dead-letters`;
  const access = 'platform:operate';
  return {
    listDeadLetters: defineOperation<ListDeadLetters, Page<DeadLetterSummary>>(service, 'list-dead-letters', {
      summary: `List the events that a consumer of ${service} could not handle`,
      description: 'The latest first.',
      input: ListDeadLetters, answer: DeadLetterPage, access, effect: 'read', http: { method: 'GET', path }, problems: [Problems.cursor],
    }),
    readDeadLetter: defineOperation<DeadLetterId, DeadLetterView>(service, 'read-dead-letter', {
      summary: 'Read a dead letter with its error and payload',
      input: DeadLetterId, answer: DeadLetterView, access, effect: 'read', http: { method: 'GET', path: `${path}/:deadLetterId` }, problems: [Problems.notFound],
    }),
    retryDeadLetters: defineOperation<RetryDeadLetters, DeadLetterCount>(service, 'retry-dead-letters', {
      summary: 'Hand dead letters to their consumer again, one or many',
      input: RetryDeadLetters, answer: DeadLetterCount, access, effect: 'write', http: { method: 'POST', path: `${path}/retry` },
      problems: [BackboneProblems.nothingChosen],
    }),
    discardDeadLetters: defineOperation<DiscardDeadLetters, DeadLetterCount>(service, 'discard-dead-letters', {
      summary: 'Give dead letters up for good, one or many',
      input: DiscardDeadLetters, answer: DeadLetterCount, access, effect: 'write', http: { method: 'POST', path: `${path}/discard` },
      problems: [BackboneProblems.nothingChosen],
    }),
  };
}
