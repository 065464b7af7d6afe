import { randomBytes } from 'node:crypto';

export interface LocalCarrierConfig {
  host: string;
  port: number;
  accountSid: string;
  authToken: string;
  seed: string;
  /** How many times faster than life a call passes. */
  speed: number;
  /** Requests a second before 20429; 0 is no limit. */
  requestsPerSecond: number;
}

type Environment = Record<string, string | undefined>;

/** Reads and checks the environment; throws one error that names every variable at fault. */
export function readLocalCarrierConfig(env: Environment = process.env): LocalCarrierConfig {
  const faults: string[] = [];
  const number = (name: string, fallback: number, fits: (value: number) => boolean, expected: string) => {
    const value = env[name] === undefined ? fallback : Number(env[name]);
    if (env[name]?.trim() !== '' && fits(value)) return value;
    faults.push(`${name} must be ${expected}, not ${JSON.stringify(env[name])}`);
    return fallback;
  };
  const text = (name: string, fits: RegExp, expected: string) => {
    const value = env[name] ?? '';
    if (!fits.test(value)) faults.push(`${name} must be ${expected}`);
    return value;
  };
  const config = {
    host: env.LOCAL_CARRIER_HOST ?? '127.0.0.1',
    port: number(
      'LOCAL_CARRIER_PORT',
      0,
      (n) => Number.isInteger(n) && n >= 0 && n < 65_536,
      'a port, 0 to 65535',
    ),
    accountSid: text('LOCAL_CARRIER_ACCOUNT_SID', /^AC[0-9a-f]{32}$/, '"AC" and 32 hexadecimal digits'),
    authToken: text('LOCAL_CARRIER_AUTH_TOKEN', /^\S{16,}$/, 'at least 16 characters without spaces'),
    seed: env.LOCAL_CARRIER_SEED ?? randomBytes(8).toString('hex'),
    speed: number('LOCAL_CARRIER_SPEED', 1, (n) => n > 0 && n <= 10_000, 'a number above 0, at most 10000'),
    requestsPerSecond: number(
      'LOCAL_CARRIER_REQUESTS_PER_SECOND',
      0,
      (n) => Number.isInteger(n) && n >= 0,
      'a whole number, 0 for no limit',
    ),
  };
  if (faults.length > 0) throw new Error(`local-carrier cannot start:\n  ${faults.join('\n  ')}`);
  return config;
}
