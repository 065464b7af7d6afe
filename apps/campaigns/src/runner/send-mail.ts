import { Lifecycle } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CampaignsConfig } from '../campaigns.config.js';
import { ContactReferences } from '../contact/contact-references.js';
import type { MailSender } from '../mail/mail-sender.port.js';
import { MAIL_SENDER } from '../mail-ports.js';
import { composeMail } from './compose-mail.js';
import type { MailIntent } from './mail-intent.js';
import type { MailOutcome } from './record-mail-outcome.js';

/** Hands the mail of a stored intent to the mail server, once. */
@Injectable()
export class SendMail implements OnModuleInit {
  constructor(
    @Inject(MAIL_SENDER) private readonly sender: MailSender,
    private readonly references: ContactReferences,
    private readonly config: CampaignsConfig,
    private readonly lifecycle: Lifecycle,
  ) {}

  // A provider before the runner in the module: added first, so that the line is closed after the last mail.
  onModuleInit(): void {
    this.lifecycle.add({ name: 'mail', start: async () => undefined, stop: async () => this.sender.close() });
  }

  async execute(intent: MailIntent): Promise<MailOutcome> {
    const { tenantId, enrolment } = intent;
    const unsubscribeUrl = this.references.unsubscribeUrl({ tenantId, enrolmentId: enrolment.id });
    const answer = await this.sender.send(composeMail(this.config, intent, unsubscribeUrl));
    if ('accepted' in answer) return { is: 'sent', response: answer.response };
    if (answer.failed === 'unknown-outcome') return { is: 'later', askAgainMs: 0 };
    return { is: answer.failed, detail: `${answer.code}: ${answer.message}` };
  }
}
