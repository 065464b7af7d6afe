import type { Provider } from '@nestjs/common';
import { CampaignsConfig } from './campaigns.config.js';
import { NoDeliveryLookup, type DeliveryLookup } from './mail/delivery-lookup.port.js';
import { HttpDeliveryLookup } from './mail/http-delivery-lookup.js';
import type { MailSender } from './mail/mail-sender.port.js';
import { SmtpMailSender } from './mail/smtp-mail-sender.js';

/** Injects the mail sender. */
export const MAIL_SENDER = Symbol('campaigns:mail-sender');
/** Injects whom to ask what became of a mail. */
export const DELIVERY_LOOKUP = Symbol('campaigns:delivery-lookup');

/** The adapters that the configuration chooses. */
export const MAIL_PORTS: Provider[] = [
  {
    provide: MAIL_SENDER,
    useFactory: ({ smtpUrl, mailPool }: CampaignsConfig): MailSender => new SmtpMailSender({ url: smtpUrl, poolSize: mailPool }),
    inject: [CampaignsConfig],
  },
  {
    provide: DELIVERY_LOOKUP,
    useFactory: ({ mailLookupUrl }: CampaignsConfig): DeliveryLookup =>
      mailLookupUrl ? new HttpDeliveryLookup(mailLookupUrl) : new NoDeliveryLookup(),
    inject: [CampaignsConfig],
  },
];
