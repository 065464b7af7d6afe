/** Where the installation's database is administered, and the secret from which its roles' passwords are derived. */
export interface InstallationConfig {
  readonly adminUrl: string;
  readonly roleSecret: string | undefined;
}

type Environment = Record<string, string | undefined>;

/** Reads BUS_NAMESPACE: the prefix of logins, where several installations share one NATS. */
export function readBusNamespace(env: Environment = process.env): string {
  return env.BUS_NAMESPACE ?? '';
}

/** Reads DATABASE_URL (an admin login) and, when the installation already has one, DATABASE_ROLE_SECRET. */
export function readInstallationConfig(env: Environment = process.env): InstallationConfig {
  const adminUrl = env.DATABASE_URL ?? '';
  if (!/^postgres(ql)?:\/\//.test(adminUrl)) throw new Error('DATABASE_URL must be an admin login: postgres://…');
  return { adminUrl, roleSecret: env.DATABASE_ROLE_SECRET || undefined };
}
