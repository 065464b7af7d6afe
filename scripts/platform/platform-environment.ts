import { SERVICES, type ServiceName } from '#leadwire/contracts';
import { sharedRoleSecret } from '#leadwire/database';
import { randomBytes } from 'node:crypto';
import { makeInstallationSecrets, type SecretsByProcess } from '../setup/installation-secrets.js';

/** Where everything of one run listens. */
export interface PlatformPorts {
  readonly gateway: number;
  readonly carrier: number;
  readonly payments: number;
  readonly mailHttp: number;
  readonly mailSmtp: number;
  /** One a service, in the order of SERVICES. */
  readonly services: readonly number[];
}

/** What a run of the platform is made of. */
export interface PlatformPlan {
  /** Admin login of the run's own database. */
  readonly adminUrl: string;
  /** Where a process reaches the bus, with its own login. */
  readonly natsUrlOf: (process: string) => string;
  readonly namespace: string;
  readonly ports: PlatformPorts;
  /** Mail goes here instead of to the local mail server, when given. */
  readonly smtpUrl?: string;
  readonly logLevel: string;
}

/** The variables of each process of a run, and the secret its roles' passwords come from. */
export interface PlatformEnvironment {
  readonly roleSecret: string;
  readonly publicUrl: string;
  /** Each service's own login. */
  readonly databaseUrls: Record<ServiceName, string>;
  readonly processes: Record<string, Record<string, string>>;
}

const CARRIER_ACCOUNT = `AC${'1eadfeed'.repeat(4)}`;
const INBOUND_DOMAIN = 'inbound.leadwire.example';
// Calls, pauses and speech pass so many times faster than life.
const CARRIER_SPEED = '120';

/** Makes the environment of every process of a run: services, gateway, and the local carrier, payments and mail. */
export function platformEnvironment(plan: PlatformPlan): PlatformEnvironment {
  const roleSecret = sharedRoleSecret(plan.adminUrl);
  const secrets = makeInstallationSecrets({ adminUrl: plan.adminUrl, roleSecret });
  const publicUrl = `http://127.0.0.1:${plan.ports.gateway}`;
  const shared = sharedSecrets();
  const common = { BUS_NAMESPACE: plan.namespace, HTTP_HOST: '127.0.0.1', LOG_LEVEL: plan.logLevel, PUBLIC_URL: publicUrl };
  const services = SERVICES.map((name, i) => [
    name,
    { ...common, ...secrets[name], NATS_URL: plan.natsUrlOf(name), HTTP_PORT: String(plan.ports.services[i]), ...serviceSettings(name, plan, shared) },
  ]);
  return {
    roleSecret,
    publicUrl,
    databaseUrls: Object.fromEntries(SERVICES.map((name) => [name, secrets[name]!['DATABASE_URL']!])) as Record<ServiceName, string>,
    processes: {
      ...Object.fromEntries(services),
      gateway: { ...common, ...secrets['gateway'], NATS_URL: plan.natsUrlOf('gateway'), HTTP_PORT: String(plan.ports.gateway), RATE_LIMIT_PER_MINUTE: '0' },
      ...standIns(plan.ports, publicUrl, shared),
    },
  };
}

/** All variables of all services for one process, each under its service's prefix. */
export function standaloneEnvironment(environment: PlatformEnvironment): Record<string, string> {
  return Object.fromEntries(
    ['gateway', ...SERVICES].flatMap((name) => {
      const prefix = `${name.toUpperCase().replaceAll('-', '_')}_`;
      return Object.entries(environment.processes[name]!).map(([variable, value]) => [prefix + variable, value]);
    }),
  );
}

type SharedSecrets = ReturnType<typeof sharedSecrets>;

function sharedSecrets() {
  return {
    link: secret(),
    carrierToken: secret(),
    paymentsKey: `sk_test_${randomBytes(24).toString('hex')}`,
    paymentsWebhook: `whsec_${randomBytes(24).toString('hex')}`,
    inbound: `whsec_${randomBytes(32).toString('base64')}`,
  };
}

function serviceSettings(name: string, { ports, smtpUrl }: PlatformPlan, shared: SharedSecrets): Record<string, string> {
  switch (name) {
    case 'campaigns':
      return {
        LINK_SECRET: shared.link,
        SMTP_URL: smtpUrl ?? `smtp://127.0.0.1:${ports.mailSmtp}`,
        MAIL_FROM: 'mia@leadwire.example',
        MAIL_DOMAIN: 'leadwire.example',
        MAIL_INBOUND_DOMAIN: INBOUND_DOMAIN,
        MAIL_INBOUND_SECRET: shared.inbound,
        // What a killed process left behind is taken over soon: the demo is watched.
        RUNNER_LEASE_MS: '10000',
        RUNNER_GRACE_MS: '5000',
        ...(!smtpUrl && { MAIL_LOOKUP_URL: `http://127.0.0.1:${ports.mailHttp}` }),
      };
    case 'voice-calls':
      return {
        LINK_SECRET: shared.link,
        CARRIER_URL: `http://127.0.0.1:${ports.carrier}`,
        CARRIER_ACCOUNT_SID: CARRIER_ACCOUNT,
        CARRIER_AUTH_TOKEN: shared.carrierToken,
        MAX_CONCURRENT_CALLS: '60',
        MAX_CONCURRENT_CALLS_PER_TENANT: '60',
      };
    case 'billing-ledger':
      return {
        PAYMENTS_URL: `http://127.0.0.1:${ports.payments}`,
        PAYMENTS_SECRET_KEY: shared.paymentsKey,
        PAYMENTS_WEBHOOK_SECRET: shared.paymentsWebhook,
      };
    default:
      return {};
  }
}

function standIns(ports: PlatformPorts, publicUrl: string, shared: SharedSecrets): SecretsByProcess {
  return {
    'local-carrier': {
      LOCAL_CARRIER_PORT: String(ports.carrier),
      LOCAL_CARRIER_ACCOUNT_SID: CARRIER_ACCOUNT,
      LOCAL_CARRIER_AUTH_TOKEN: shared.carrierToken,
      LOCAL_CARRIER_SEED: 'leadwire',
      LOCAL_CARRIER_SPEED: CARRIER_SPEED,
    },
    'local-payments': {
      LOCAL_PAYMENTS_PORT: String(ports.payments),
      LOCAL_PAYMENTS_SECRET_KEY: shared.paymentsKey,
      LOCAL_PAYMENTS_WEBHOOK_SECRET: shared.paymentsWebhook,
      LOCAL_PAYMENTS_WEBHOOK_URL: `${publicUrl}/v1/hooks/payments`,
    },
    'local-mail': {
      LOCAL_MAIL_SMTP_PORT: String(ports.mailSmtp),
      LOCAL_MAIL_HTTP_PORT: String(ports.mailHttp),
      LOCAL_MAIL_INBOUND_DOMAIN: INBOUND_DOMAIN,
      LOCAL_MAIL_INBOUND_WEBHOOK_URL: `${publicUrl}/v1/hooks/mail/inbound`,
      LOCAL_MAIL_INBOUND_SECRET: shared.inbound,
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
