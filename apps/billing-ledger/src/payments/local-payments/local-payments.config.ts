export interface LocalPaymentsConfig {
  host: string;
  port: number;
  secretKey: string;
  webhookSecret: string;
  webhookUrl: string;
  /** Where a payer's browser finds this process; its own address when not given. */
  publicUrl: string | undefined;
}

type Environment = Record<string, string | undefined>;

/** Reads and checks the environment; throws one error that names every variable at fault. */
export function readLocalPaymentsConfig(env: Environment = process.env): LocalPaymentsConfig {
  const faults: string[] = [];
  const text = (name: string, fits: RegExp, expected: string) => {
    const value = env[name] ?? '';
    if (!fits.test(value)) faults.push(`${name} must be ${expected}`);
    return value;
  };
  const url = (name: string) => {
    const value = env[name] ?? '';
    if (!URL.canParse(value) || !/^https?:/.test(value)) faults.push(`${name} must be an http or https URL`);
    return value;
  };
  const port = env.LOCAL_PAYMENTS_PORT ?? '0';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    faults.push(`LOCAL_PAYMENTS_PORT must be a port, 0 to 65535, not ${JSON.stringify(port)}`);
  const config = {
    host: env.LOCAL_PAYMENTS_HOST ?? '127.0.0.1',
    port: Number(port),
    secretKey: text(
      'LOCAL_PAYMENTS_SECRET_KEY',
      /^sk_test_\w{8,}$/,
      '"sk_test_" and at least 8 letters or digits',
    ),
    webhookSecret: text(
      'LOCAL_PAYMENTS_WEBHOOK_SECRET',
      /^whsec_\S{8,}$/,
      '"whsec_" and at least 8 characters',
    ),
    webhookUrl: url('LOCAL_PAYMENTS_WEBHOOK_URL'),
    publicUrl: env.LOCAL_PAYMENTS_PUBLIC_URL === undefined ? undefined : url('LOCAL_PAYMENTS_PUBLIC_URL'),
  };
  if (faults.length > 0) throw new Error(`local-payments cannot start:\n  ${faults.join('\n  ')}`);
  return config;
}
