export interface LocalMailConfig {
  host: string;
  smtpPort: number;
  httpPort: number;
  /** Null: nothing is forwarded. */
  inbound: { domain: string; webhookUrl: string; secret: string } | null;
  /** NDJSON file that keeps every message over a restart; null keeps them in memory only. */
  storeFile: string | null;
}

type Environment = Record<string, string | undefined>;

/** Reads and checks the environment; throws one error that names every variable at fault. */
export function readLocalMailConfig(env: Environment = process.env): LocalMailConfig {
  const faults: string[] = [];
  const port = (name: string) => {
    const value = env[name] ?? '0';
    if (/^\d{1,5}$/.test(value) && Number(value) < 65_536) return Number(value);
    faults.push(`${name} must be a port, 0 to 65535, not ${JSON.stringify(value)}`);
    return 0;
  };
  const config = {
    host: env.LOCAL_MAIL_HOST ?? '127.0.0.1',
    smtpPort: port('LOCAL_MAIL_SMTP_PORT'),
    httpPort: port('LOCAL_MAIL_HTTP_PORT'),
    inbound: readInbound(env, faults),
    storeFile: env.LOCAL_MAIL_STORE || null,
  };
  if (faults.length > 0) throw new Error(`local-mail cannot start:\n  ${faults.join('\n  ')}`);
  return config;
}

function readInbound(env: Environment, faults: string[]): LocalMailConfig['inbound'] {
  const {
    LOCAL_MAIL_INBOUND_DOMAIN: domain,
    LOCAL_MAIL_INBOUND_WEBHOOK_URL: url,
    LOCAL_MAIL_INBOUND_SECRET: secret,
  } = env;
  if (domain === undefined && url === undefined && secret === undefined) return null;
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain ?? ''))
    faults.push('LOCAL_MAIL_INBOUND_DOMAIN must be a domain name');
  if (!URL.canParse(url ?? '') || !/^https?:/.test(url ?? ''))
    faults.push('LOCAL_MAIL_INBOUND_WEBHOOK_URL must be an http or https URL');
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret ?? ''))
    faults.push('LOCAL_MAIL_INBOUND_SECRET must be "whsec_" and at least 24 bytes in base64');
  return { domain: (domain ?? '').toLowerCase(), webhookUrl: url ?? '', secret: secret ?? '' };
}
