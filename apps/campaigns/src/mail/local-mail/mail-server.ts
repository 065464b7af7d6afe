import fastify from 'fastify';
import { InboundForwarder } from './inbound-forwarder.js';
import type { LocalMailConfig } from './local-mail.config.js';
import { MailStore } from './mail-store.js';
import { messageRoutes } from './message.routes.js';
import { SmtpListener } from './smtp-listener.js';

export interface RunningLocalMail {
  url: string;
  smtpUrl: string;
  close(): Promise<void>;
}

/** Starts SMTP and HTTP; port 0 takes a free one. */
export async function startLocalMail(config: LocalMailConfig): Promise<RunningLocalMail> {
  const store = await MailStore.open(config.storeFile);
  const forwarder = new InboundForwarder(config.inbound);
  const smtp = new SmtpListener(store, (mail) => forwarder.accept(mail));
  const app = fastify({ forceCloseConnections: true });
  messageRoutes(app, store, forwarder);
  const smtpUrl = await smtp.listen(config.host, config.smtpPort);
  const url = await app.listen({ host: config.host, port: config.httpPort });
  const close = async () => {
    forwarder.stop();
    await Promise.all([smtp.close(), app.close()]);
  };
  return { url, smtpUrl, close };
}
