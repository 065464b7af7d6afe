import { ALL_EVENTS, SERVICES, type ServiceName } from '#leadwire/contracts';
import { isId } from '#leadwire/kernel';
import { didYouMean } from './closest-name.js';
import { momentOf } from './moments.js';
import { UsageError } from './problems.js';

/** What a command was given: its options and its other words, each checked when it is asked for. */
export class Given {
  constructor(
    private readonly options: Readonly<Record<string, string | boolean | undefined>>,
    readonly words: readonly string[],
  ) {}

  text(name: string): string | undefined {
    const value = this.options[name];
    if (value === '') throw new UsageError(`--${name} is empty.`);
    return value as string | undefined;
  }

  flag(name: string): boolean {
    return this.options[name] === true;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined || choices.includes(value as T)) return value as T | undefined;
    throw new UsageError(`--${name} ${value}: it is one of ${choices.join(', ')}.${didYouMean(value, choices)}`);
  }

  id(name: string): string | undefined {
    const value = this.text(name);
    if (value !== undefined && !isId(value)) throw new UsageError(`--${name} ${value} is no id.`);
    return value?.toLowerCase();
  }

  count(name: string): number | undefined {
    const value = this.text(name);
    if (value !== undefined && !/^[1-9]\d{0,8}$/.test(value)) throw new UsageError(`--${name} ${value} is no number of at least 1.`);
    return value === undefined ? undefined : Number(value);
  }

  moment(name: string): Date | undefined {
    const value = this.text(name);
    const at = value === undefined ? undefined : momentOf(value);
    if (value !== undefined && !at) throw new UsageError(`--${name} ${value} is no time: write 2026-01-31T12:00Z, or how long ago: 30s, 10m, 2h, 3d.`);
    return at;
  }

  /** The ids among the other words. */
  ids(): string[] {
    const wrong = this.words.find((word) => !isId(word));
    if (wrong !== undefined) throw new UsageError(`${wrong} is no id.`);
    return this.words.map((word) => word.toLowerCase());
  }

  /** A type of event that is declared. */
  eventType(): string | undefined {
    const types = [...new Set(ALL_EVENTS.map(({ type }) => type))];
    const type = this.text('type');
    if (type !== undefined && !types.includes(type)) throw new UsageError(`There is no event ${type}.${didYouMean(type, types)}`);
    return type;
  }

  services(): readonly ServiceName[] {
    const service = this.oneOf('service', SERVICES);
    return service ? [service] : SERVICES;
  }
}
