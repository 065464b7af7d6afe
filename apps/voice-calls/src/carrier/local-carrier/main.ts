import { startLocalCarrier } from './carrier-server.js';
import { readLocalCarrierConfig } from './local-carrier.config.js';

try {
  const carrier = await startLocalCarrier(readLocalCarrierConfig());
  console.log(`local-carrier ready on ${carrier.url}`);
  const stop = () => void carrier.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
