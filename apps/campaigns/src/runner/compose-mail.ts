import type { CampaignsConfig } from '../campaigns.config.js';
import type { OutgoingMail } from '../mail/mail-sender.port.js';

/** The mail as it leaves: the rendered text, the same as simple HTML, and the way out in its headers. */
export function composeMail(
  config: CampaignsConfig,
  intent: { messageId: string; to: string; subject: string; text: string },
  unsubscribeUrl: string,
): OutgoingMail {
  const { messageId, to, subject, text } = intent;
  return {
    messageId,
    from: { address: config.mailFrom, ...(config.mailFromName && { name: config.mailFromName }) },
    to: { address: to },
    replyTo: { address: `reply@${config.mailInboundDomain}` },
    subject,
    text,
    html: htmlOfText(text),
    listUnsubscribeUrl: unsubscribeUrl,
  };
}

/** Text as HTML: escaped, its lines kept, its web addresses made links. */
export function htmlOfText(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const linked = escaped.replace(/https?:\/\/[^\s&]+(?:&#38;[^\s&]+)*/g, (url) => `<a href="${url}">${url}</a>`);
  return `<!doctype html><html><body>${linked.replace(/\r?\n/g, '<br>\n')}</body></html>`;
}
