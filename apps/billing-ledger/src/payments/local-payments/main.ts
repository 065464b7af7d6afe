import { readLocalPaymentsConfig } from './local-payments.config.js';
import { startLocalPayments } from './payments-server.js';

try {
  const payments = await startLocalPayments(readLocalPaymentsConfig());
  console.log(`local-payments ready on ${payments.url}`);
  const stop = () => void payments.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
