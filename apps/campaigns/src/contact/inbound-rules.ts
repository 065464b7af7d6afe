import type { InboundMail } from '../mail/inbound-mail.js';

/** What an inbound mail is to the enrolment it answers; only `replied` was written by a person. */
export function kindOfInbound({ isBounce, isAutoReply }: InboundMail): 'bounced' | 'auto-replied' | 'replied' {
  if (isBounce) return 'bounced';
  return isAutoReply ? 'auto-replied' : 'replied';
}

/** The Message-IDs that a mail answers, the nearest first. */
export function answeredMessages({ inReplyTo, references }: InboundMail): string[] {
  return [...(inReplyTo ? [inReplyTo] : []), ...references.toReversed()];
}
