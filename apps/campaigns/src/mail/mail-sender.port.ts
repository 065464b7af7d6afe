/** What campaigns needs to send mail. Every expected failure is a value, never a throw. */
export interface MailSender {
  /** Hands one message to one recipient's server. Never repeated once its body has left. */
  send(mail: OutgoingMail): Promise<AcceptedMail | MailFailure>;
  /** Finishes what is being delivered; what still waits fails as `unavailable`. */
  close(): void;
}

export interface MailAddress {
  address: string;
  name?: string;
}

export interface OutgoingMail {
  /** Ours, unique for ever, `<…@domain>`: what an unknown outcome is looked up by. */
  messageId: string;
  from: MailAddress;
  to: MailAddress;
  replyTo?: MailAddress;
  subject: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
  /** Takes the one-click POST of RFC 8058. */
  listUnsubscribeUrl?: string;
  /** Address for clients that unsubscribe by mail. */
  listUnsubscribeMailto?: string;
}

export interface AcceptedMail {
  accepted: true;
  /** The server's last line, with its queue id. */
  response: string;
}

/**
 * `rejected`: the server refused this message for good (5xx).
 * `temporary`: the server asks to try this message later (4xx).
 * `unavailable`: the server was not reached or would not talk to us; nothing was sent.
 * `unknown-outcome`: the connection was lost after the body began to leave. Look it up before sending again.
 */
export interface MailFailure {
  failed: 'rejected' | 'temporary' | 'unavailable' | 'unknown-outcome';
  /** The SMTP reply code (`550`), or the error's name where the server said nothing. */
  code: string;
  message: string;
}
