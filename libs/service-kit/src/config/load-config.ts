import type { DtoClass } from '#leadwire/contracts';
import { validateSync } from 'class-validator';
import { settingsOf, type EnvSpec } from './env.decorator.js';
import { processEnvironment } from './environment.config.js';

type Environment = Record<string, string | undefined>;

/** A start that failed because of settings; its message names each variable and what is wrong with it. */
export class ConfigError extends Error {
  constructor(service: string, faults: string[]) {
    super(`${service} cannot start, its configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * Reads and validates a service's settings. `LEADS_HTTP_PORT` wins over `HTTP_PORT`, so that several services can share
 * one process. Throws a ConfigError that names every variable at fault.
 */
export function loadConfig<C extends object>(config: DtoClass<C>, service: string, env: Environment = processEnvironment()): C {
  const prefix = `${service.toUpperCase().replaceAll('-', '_')}_`;
  const specs = settingsOf(config);
  const values = new config() as Record<string, unknown>;
  const missing: string[] = [];
  for (const spec of specs) {
    const raw = env[prefix + spec.variable] ?? env[spec.variable];
    if (raw !== undefined && raw !== '') values[spec.property] = coerce(raw, spec);
    else if (spec.default !== undefined) values[spec.property] = spec.default;
    else if (!spec.optional) missing.push(spec.property);
  }
  const faults = [...missingFaults(specs, missing), ...invalidFaults(values, specs, missing)];
  if (faults.length > 0) throw new ConfigError(service, faults);
  return values as C;
}

function coerce(raw: string, spec: EnvSpec): unknown {
  const { type } = spec.type.schema;
  if (type === 'integer' || type === 'number') return Number(raw);
  if (type === 'boolean') return raw === 'true' || (raw === 'false' ? false : raw);
  return raw;
}

function missingFaults(specs: EnvSpec[], missing: string[]): string[] {
  return specs.filter((spec) => missing.includes(spec.property)).map((spec) => `${spec.variable} is not set`);
}

function invalidFaults(values: object, specs: EnvSpec[], missing: string[]): string[] {
  return validateSync(values, { forbidUnknownValues: false })
    .filter(({ property, value }) => !missing.includes(property) && value !== undefined)
    .map(({ property, constraints }) => {
      const variable = specs.find((spec) => spec.property === property)!.variable;
      return `${variable}: ${Object.values(constraints ?? {})[0]?.replace(property, 'it')}`;
    });
}
