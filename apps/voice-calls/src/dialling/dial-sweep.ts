import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { CheckLiveCalls } from './check-live-calls.js';
import { SettleUnknownDials } from './settle-unknown-dials.js';

/** Looks after what was begun and not heard of since. */
@Injectable()
export class DialSweep implements OnModuleInit {
  private readonly loops: WorkLoop[];

  constructor(
    private readonly lifecycle: Lifecycle,
    @Inject(LOGGER) logger: Logger,
    { pollMs: pauseMs }: VoiceCallsConfig,
    unknown: SettleUnknownDials,
    live: CheckLiveCalls,
  ) {
    this.loops = [
      new WorkLoop({ name: 'settle-unknown-dials', pauseMs, logger, step: () => unknown.sweep() }),
      new WorkLoop({ name: 'check-live-calls', pauseMs, logger, step: () => live.sweep() }),
    ];
  }

  onModuleInit(): void {
    for (const loop of this.loops) this.lifecycle.add(loop);
  }
}
