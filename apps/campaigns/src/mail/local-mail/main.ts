import { readLocalMailConfig } from './local-mail.config.js';
import { startLocalMail } from './mail-server.js';

try {
  const mail = await startLocalMail(readLocalMailConfig());
  console.log(`local-mail ready on ${mail.url} ${mail.smtpUrl}`);
  const stop = () => void mail.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
