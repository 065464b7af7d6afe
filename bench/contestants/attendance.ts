import { chosen } from '../measure/rounds.js';
import type { Settings } from '../bench.js';
import type { World } from '../servers/world.js';
import type { Contestant } from './contestant.js';

/** Who takes part, and a sentence for each who does not. */
export interface Attendance {
  readonly present: readonly Contestant[];
  readonly absent: readonly string[];
}

/** Those that the settings name and that can run on these servers. */
export async function attendanceOf(all: readonly Contestant[], { only, untuned }: Settings, world: World): Promise<Attendance> {
  const asked = chosen(all, only).filter((contestant) => untuned || !contestant.untuned);
  const answers = await Promise.all(asked.map(async (contestant) => ({ contestant, why: await contestant.absence?.(world) })));
  return {
    present: answers.filter(({ why }) => !why).map(({ contestant }) => contestant),
    absent: [
      ...answers.flatMap(({ contestant, why }) => (why ? [`${contestant.name} took no part: ${why}.`] : [])),
      ...(untuned ? [] : ['A quick run leaves out the peers as they come: their polling alone takes longer.']),
    ],
  };
}
