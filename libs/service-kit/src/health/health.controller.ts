import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Readiness } from './readiness.js';

/** Liveness: the process answers. Readiness: it can do its work. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  async ready() {
    const report = await this.readiness.report();
    return this.health.check(
      Object.entries(report).map(([name, holds]) => () => {
        const indicator = this.indicators.check(name);
        return holds ? indicator.up() : indicator.down();
      }),
    );
  }
}
