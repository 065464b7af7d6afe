import type { BusOptions } from '#leadwire/bus';
import { SERVICES, type ServiceName } from '#leadwire/contracts';
import { runtimeUrl } from '#leadwire/database';
import { OperatorError } from './problems.js';

/** Where an installation's stores are, and with which login they are reached. */
export interface Addresses {
  /** For people: which installation it is. */
  readonly name: string;
  /** @throws OperatorError that names the variable that is missing */
  databaseUrlOf(service: ServiceName): string;
  /** @throws OperatorError that names the variable that is missing */
  bus(): Omit<BusOptions, 'name'>;
}

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. */
export function environment(): Environment {
  return process.env;
}

/** Where a run of this checkout leaves how it is reached. */
export const ACCESS_FOLDER = '.leadwire/platforms';

/** Whether an installation is named in the environment: by a login of the database for one service or for all. */
export function namesInstallation(env: Environment): boolean {
  return [...SERVICES.map(variableOf), 'LEADWIRE_DATABASE_URL'].some((variable) => env[variable]);
}

/** The installation of an environment, as the services' own pods have it; `only` is the service that is asked for alone. */
export function addressesIn(env: Environment, only?: ServiceName): Addresses {
  return {
    name: 'the installation of the environment',
    databaseUrlOf: (service) => databaseUrlIn(env, service, service === only),
    bus: () => busIn(env, only),
  };
}

const prefixOf = (service: string): string => `${service.toUpperCase().replaceAll('-', '_')}_`;
const variableOf = (service: string): string => `${prefixOf(service)}DATABASE_URL`;

function databaseUrlIn(env: Environment, service: ServiceName, alone: boolean): string {
  const own = env[variableOf(service)] || (alone ? env['DATABASE_URL'] : undefined);
  if (own) return own;
  const admin = env['LEADWIRE_DATABASE_URL'];
  if (admin) return env['DATABASE_ROLE_SECRET'] ? runtimeUrl(admin, service, env['DATABASE_ROLE_SECRET']) : admin;
  throw new OperatorError(`${variableOf(service)} is not set.
Set it to the login of ${service}, or LEADWIRE_DATABASE_URL to one that may act as every service; or narrow to other services by --service.`);
}

function busIn(env: Environment, only?: ServiceName): Omit<BusOptions, 'name'> {
  const read = (variable: string): string | undefined => (only && env[prefixOf(only) + variable]) || env[variable] || undefined;
  const [url, user, password] = [read('NATS_URL'), read('NATS_USER'), read('NATS_PASSWORD')];
  if (!url) throw new OperatorError('NATS_URL is not set.\nSet it to nats://host:4222 (or tls://), and NATS_USER and NATS_PASSWORD to the login of the operator; BUS_NAMESPACE where the installation has one.');
  if (!user !== !password) throw new OperatorError(`${user ? 'NATS_PASSWORD' : 'NATS_USER'} is not set.\nNATS_USER and NATS_PASSWORD go together: set both, or neither.`);
  const tls = { caFile: read('NATS_TLS_CA'), certFile: read('NATS_TLS_CERT'), keyFile: read('NATS_TLS_KEY') };
  return {
    url,
    namespace: read('BUS_NAMESPACE') ?? '',
    ...(user && password && { login: { user, password } }),
    ...(Object.values(tls).some(Boolean) && { tls: tls as NonNullable<BusOptions['tls']> }),
  };
}
