import type { Report } from './report/report.js';
import type { World } from './servers/world.js';

/** How large a run is. Each bench uses those that mean something to it. */
export interface Settings {
  /** Events a contestant drains or handles in a round. */
  events: number;
  /** Aggregates they are spread over. */
  aggregates: number;
  /** Rounds that count; one more, smaller, warms up. */
  rounds: number;
  /** How long a round takes that is bounded by time, s. */
  seconds: number;
  /** Events a second, where they come at a rate. */
  rate: number;
  /** Published rows that lie behind. */
  rows: number;
  /** Whether peers take part as they come, besides tuned. */
  untuned: boolean;
  /** Keys of the contestants that take part; all when undefined. */
  only?: readonly string[];
}

/** A measurement that one command runs. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** What a full run is. */
  readonly full: Partial<Settings>;
  /** What a run is that only shows that everything works. */
  readonly quick: Partial<Settings>;
  run(world: World, settings: Settings, tell: (line: string) => void): Promise<Report>;
}
