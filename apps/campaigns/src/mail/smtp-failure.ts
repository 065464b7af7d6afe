import type { MailFailure } from './mail-sender.port.js';

interface SmtpError {
  code?: string;
  responseCode?: number;
  permanent?: boolean;
  message?: string;
}

/** Sorts what nodemailer throws. `bodyLeft`: the server had taken DATA, so the body began to leave. */
export function mailFailureFrom(error: unknown, bodyLeft: boolean): MailFailure {
  const { code = 'UNKNOWN', responseCode, permanent, message = String(error) } = error as SmtpError;
  const said = { code: String(responseCode ?? code), message };
  const aboutTheMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  // Without a reply it is our own check that found the address or the size impossible.
  if (aboutTheMessage) return { failed: responseCode && !permanent ? 'temporary' : 'rejected', ...said };
  // 421 is a reply too: the server closes and has not taken the message.
  if (responseCode === 421) return { failed: 'temporary', ...said };
  // A refused login or greeting says nothing of the message.
  return { failed: bodyLeft ? 'unknown-outcome' : 'unavailable', ...said };
}
