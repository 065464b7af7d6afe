import type { DtoClass, FieldType } from '#leadwire/contracts';

/** A setting as declared. */
export interface EnvSpec {
  readonly property: string;
  /** The variable's name; the service's prefix may stand before it. */
  readonly variable: string;
  readonly type: FieldType;
  readonly default?: unknown;
  readonly optional?: boolean;
}

const SETTINGS = Symbol('leadwire:settings');

/** Declares a setting that comes from an environment variable, with its type, limits and default. */
export function Env(variable: string, type: FieldType, options: { default?: unknown; optional?: boolean } = {}): PropertyDecorator {
  return (target, property) => {
    const own: EnvSpec[] = Reflect.getMetadata(SETTINGS, target) ?? [];
    Reflect.defineMetadata(SETTINGS, [...own, { property: String(property), variable, type, ...options }], target);
    for (const decorate of type.decorators(false)) decorate(target, property);
  };
}

/** The settings of a config class, inherited ones first. */
export function settingsOf(config: DtoClass): EnvSpec[] {
  return Reflect.getMetadata(SETTINGS, config.prototype) ?? [];
}
