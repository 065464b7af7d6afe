import { Bus } from '#leadwire/bus';
import { Readiness } from '#leadwire/service-kit';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/** The gateway is ready when the bus is. */
@Injectable()
export class GatewayStart implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.require('bus', async () => this.bus.connected);
  }
}
