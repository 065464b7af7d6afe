import type { Stage } from '../stage/stage.js';
import type { Random } from './random.js';

/** A kind of fault: what it does to the stage. It ends by itself, and nothing of it is left when it has ended. */
export type Fault = (stage: Stage, random: Random) => Promise<void>;
