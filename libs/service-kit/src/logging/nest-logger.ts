import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/**
 * Nest's log lines in the service's own log. (nestjs-pino keeps its root logger in a static, which several services in
 * one process would share.)
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  // Nest tells of each route and module at start: detail that a reader of the log has to ask for.
  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack, err: message instanceof Error ? message : undefined }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
