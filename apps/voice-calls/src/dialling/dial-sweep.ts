import { Lifecycle, LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { WorkLoop } from '../work/work-loop.js';
import { CheckLiveCalls } from './check-live-calls.js';
import { SettleUnknownDials } from './settle-unknown-dials.js';

/** Looks after what was begun and not heard of since. */
@Injectable()
export class DialSweep implements OnModuleInit {
  private readonly loops: WorkLoop[];

  constructor(
    private readonly lifecycle: Lifecycle,
    @Inject(LOGGER) logger: Logger,
    { pollMs }: VoiceCallsConfig,
    unknown: SettleUnknownDials,
    live: CheckLiveCalls,
  ) {
    this.loops = [
      new WorkLoop('settle-unknown-dials', pollMs, logger, () => unknown.sweep()),
      new WorkLoop('check-live-calls', pollMs, logger, () => live.sweep()),
    ];
  }

  onModuleInit(): void {
    for (const loop of this.loops) this.lifecycle.add({ name: loop.name, start: () => loop.start(), stop: () => loop.stop() });
  }
}
