import { Inject, Injectable } from '@nestjs/common';
import { CampaignsConfig } from '../campaigns.config.js';
import type { DeliveryLookup } from '../mail/delivery-lookup.port.js';
import { DELIVERY_LOOKUP } from '../mail-ports.js';
import type { MailIntent } from './mail-intent.js';
import type { MailOutcome } from './record-mail-outcome.js';
import { resendsLeft } from './retry-rules.js';

const ASK_AGAIN_MS = 5_000;
/** How long an answer is waited for before the mail counts as sent. */
const GIVE_UP_MS = 600_000;

/**
 * Finds out what became of a mail whose sending nobody saw the end of: by asking, never by sending again. Only when
 * "not found" has held for the grace is it known that the mail was never taken, and may be sent.
 */
@Injectable()
export class ResolveIntent {
  constructor(
    @Inject(DELIVERY_LOOKUP) private readonly lookup: DeliveryLookup,
    private readonly config: CampaignsConfig,
  ) {}

  async execute({ messageId, unknownForMs, resends }: MailIntent): Promise<MailOutcome | 'send-again'> {
    switch (await this.lookup.find(messageId)) {
      case 'accepted':
        return { is: 'sent', response: 'found at the mail server' };
      case 'unsupported':
        return { is: 'sent-unknown', detail: 'the line broke, and this mail server cannot be asked' };
      case 'unavailable':
        if ((unknownForMs ?? 0) < GIVE_UP_MS) return { is: 'later', askAgainMs: ASK_AGAIN_MS };
        return { is: 'sent-unknown', detail: 'the line broke, and the mail server does not answer for it' };
      case 'not-found':
        if (unknownForMs === null) return { is: 'later', askAgainMs: this.config.runnerGraceMs };
        if (unknownForMs < this.config.runnerGraceMs) return { is: 'later', askAgainMs: this.config.runnerGraceMs - unknownForMs };
        return resendsLeft(resends) ? 'send-again' : { is: 'sent-unknown', detail: 'the mail server loses it each time' };
    }
  }
}
