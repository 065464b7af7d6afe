import type { ServiceName } from '#leadwire/contracts';
import { readAccess, type PlatformAccess } from '../platform/access-files.js';
import { addressesIn, namesInstallation, type Addresses, type Environment } from './addresses.config.js';
import { OperatorError } from './problems.js';

/** What tells where the installation is. */
export interface Whereabouts {
  readonly env: Environment;
  /** Where runs of this checkout leave how they are reached. */
  readonly accessFolder: string;
  /** The run that is meant, where there are several. */
  readonly run?: string;
  /** The service that is asked for alone. */
  readonly only?: ServiceName;
}

/**
 * The installation meant: the one that the environment names, for that was done on purpose, else the platform that runs in
 * this checkout.
 */
export function findAddresses({ env, accessFolder, run, only }: Whereabouts, note: (text: string) => void): Addresses {
  if (!run && namesInstallation(env)) return addressesIn(env, only);
  const runs = readAccess(accessFolder);
  const meant = run ? runs.find(({ namespace }) => namespace === run) : runs[0];
  if (meant && !run && runs.length > 1) note(`of ${runs.length} platforms of this checkout the latest, ${meant.namespace}; --run names another: ${runs.slice(1).map(({ namespace }) => namespace).join(', ')}`);
  if (meant) return addressesOf(meant);
  if (run) throw new OperatorError(`No platform ${run} runs in this checkout${runs.length > 0 ? `; there is ${runs.map(({ namespace }) => namespace).join(', ')}` : ''}.`);
  if (only && env['DATABASE_URL']) return addressesIn(env, only);
  throw new OperatorError(`No platform runs in this checkout, and the environment names no installation: LEADWIRE_DATABASE_URL is not set.
Either start one (npm start, or npm run demo -- --keep), or set LEADWIRE_DATABASE_URL (or a <SERVICE>_DATABASE_URL for each service), NATS_URL, NATS_USER, NATS_PASSWORD and BUS_NAMESPACE.`);
}

function addressesOf({ namespace, databaseUrls, natsUrl }: PlatformAccess): Addresses {
  return { name: `the platform ${namespace} of this checkout`, databaseUrlOf: (service) => databaseUrls[service], bus: () => ({ url: natsUrl, namespace }) };
}
