import type { Bus } from '#leadwire/bus';
import type { Database } from '#leadwire/database';
import type { Logger } from 'pino';
import type { MessagingMetrics } from '../messaging-metrics.js';

/** What every subscription of a service works with. */
export interface ConsumerSurroundings {
  readonly service: string;
  readonly bus: Bus;
  readonly database: Database;
  readonly metrics: MessagingMetrics;
  readonly logger: Logger;
}
