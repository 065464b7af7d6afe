import { checkoutSecrets } from './secrets.mjs';
import { dockerAnswers, startDockerServices } from './docker-services.mjs';
import { givenAddresses, useGivenServices } from './given-services.mjs';
import { startPrivateServices } from './private-services.mjs';

/**
 * PostgreSQL with pgvector and NATS with JetStream, by the first way that works: given, Docker, private. Whoever
 * starts a server hands `{ stop, stopNow }` to `register` first.
 */
export async function startServices({ purpose, step, tell, kept, register, environment = process.env }) {
  const given = givenAddresses(environment);
  if (given) return useGivenServices(given, { step });
  const secrets = checkoutSecrets();
  const docker = (await dockerAnswers()) && (await startDockerServices(secrets, { step, tell, kept, register }));
  return docker || startPrivateServices(secrets, { purpose, step, tell, kept, register });
}
