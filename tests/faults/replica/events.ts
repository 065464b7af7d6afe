import { defineEvent, Field, flag, integer, text, type DomainEvent } from '#leadwire/contracts';

/** The service whose place in the registry the replicas take: its schema, its stream, its subjects. */
export const SERVICE = 'leads';

/** What every event of the suite carries: a mark that no other has, and its number where its writer counts. */
export class Told {
  mark: string;
  /** The aggregate's own count, kept by its writer under its lock; 0 where nobody counts. */
  n: number;
  /** A consumer will never be able to handle it. */
  poison: boolean;
}
// Decorated by hand: Node runs this file as it stands and knows no decorators.
Field(text({ max: 200 }))(Told.prototype, 'mark');
Field(integer())(Told.prototype, 'n');
Field(flag())(Told.prototype, 'poison');

export const stepped: DomainEvent<any> = defineEvent(SERVICE, 'journey', 'stepped', { summary: 'A step was taken.', payload: Told });
export const halted: DomainEvent<any> = defineEvent(SERVICE, 'journey', 'halted', { summary: 'It was told to stop.', payload: Told, urgent: true });
export const echoed: DomainEvent<any> = defineEvent(SERVICE, 'echo', 'echoed', { summary: 'A consumer told what it heard.', payload: Told });
