import { afterAll, beforeAll, expect, it } from 'vitest';
import { EventSizes } from './event-sizes.harness.js';
import { readUnitCosts, type Sizes } from './unit-costs.js';

// Bytes differ with how full pages are, which differs with what else the server extends at the time.
const TOLERANCE = 0.35;
const EVENTS = 5_000;
const AT_ONCE = 500;

const { sizes: written } = readUnitCosts();
let sizes: EventSizes;
beforeAll(async () => void (sizes = await EventSizes.open()));
afterAll(() => sizes?.close());

it('costs the bytes that the model reckons with', async () => {
  const message = await publishedMessage();
  const outbox = await sizes.onDisk('domain_events');
  const tellWal = await meanOf(() => sizes.tell(AT_ONCE));
  const positions = await sizes.unpublished();
  const markWal = await sizes.mark();
  const outboxRow = ((await sizes.onDisk('domain_events')) - outbox) / EVENTS;
  const inbox = await sizes.onDisk('inbox');
  const handleWal = await sizes.handle(positions);
  const inboxRow = ((await sizes.onDisk('inbox')) - inbox) / EVENTS;

  const measured: Sizes = { tellWal, markWal, handleWal, outboxRow, inboxRow, message };
  const far = Object.entries(measured).filter(([name, bytes]) => Math.abs(bytes / written[name as keyof Sizes].measured - 1) > TOLERANCE);
  expect(far).toEqual([]);
});

async function publishedMessage(): Promise<number> {
  await sizes.tell(AT_ONCE);
  return sizes.publish();
}

async function meanOf(once: () => Promise<number>): Promise<number> {
  const rounds = EVENTS / AT_ONCE;
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += await once();
  return sum / rounds;
}
