import { bareRelay } from './bare-relay.js';
import { publishCeiling, sqlCeiling } from './ceilings.js';
import type { Contestant } from './contestant.js';
import { graphileDefault, graphileTuned } from './graphile-worker.js';
import { leadwire } from './leadwire.js';
import { pgBossDefault, pgBossTuned } from './pg-boss.js';
import { pgtoDefault, pgtoReplication, pgtoTuned } from './pg-transactional-outbox.js';

/** The key of the yardstick, which every ratio is taken to. */
export const YARDSTICK = 'bare';

/** Everybody, for one run: the product first, then the yardstick, the ceilings, the peers. */
export function lineUp(): Contestant[] {
  return [
    leadwire(),
    bareRelay({ key: YARDSTICK, name: 'bare relay (yardstick)', settle: 'mark', head: 'id' }),
    bareRelay({ key: 'bare-delete', name: 'bare relay, deleting', settle: 'delete', head: 'id' }),
    bareRelay({ key: 'bare-cloudevents', name: 'bare relay, CloudEvents headers', settle: 'mark', head: 'cloudevents' }),
    sqlCeiling('mark'),
    sqlCeiling('delete'),
    publishCeiling,
    pgBossTuned,
    graphileTuned,
    pgtoTuned,
    pgtoReplication,
    pgBossDefault,
    graphileDefault,
    pgtoDefault,
  ];
}
