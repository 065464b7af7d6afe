import { leadCreated, leadEmbedded, leadUpdated } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Consumer, Outbox, type Delivery, type Reaction } from '#leadwire/messaging';
import { Inject } from '@nestjs/common';
import { encodeOrRefuse } from '../encoder/encode-or-refuse.js';
import type { Encoder } from '../encoder/encoder.port.js';
import { ENCODER } from '../encoder/encoder.provider.js';
import { ActiveSpace } from '../spaces/active-space.js';
import { newestChanges, workFor, type LeadChange } from './lead-change.js';
import { LeadIndex, type EncodedChange } from './lead-index.js';

/**
 * Keeps the index as new as the leads. Three batches in hand: while one is written, the two encoder threads have the
 * texts of the others. More would only lengthen the way of a single change behind an import.
 */
@Consumer({ name: 'embed-on-lead-changed', events: [leadCreated, leadUpdated], batch: 64, concurrency: 3 })
export class EmbedOnLeadChanged implements Reaction {
  constructor(
    private readonly database: Database,
    private readonly index: LeadIndex,
    private readonly outbox: Outbox,
    private readonly space: ActiveSpace,
    @Inject(ENCODER) private readonly encoder: Encoder,
  ) {}

  async handle(delivery: Delivery): Promise<void> {
    const changes = newestChanges(delivery.events);
    const leadIds = changes.map((change) => change.leadId);
    const known = await this.database.forTenant(delivery.caller, (tx) => this.index.known(tx, leadIds));
    const { changed, unchanged } = workFor(changes, known);
    const encoded = await this.encode(changed);
    await delivery.transaction(async (tx, fresh) => {
      const freshIds = new Set(fresh.map((event) => event.id));
      await this.index.touch(tx, unchanged.filter((change) => freshIds.has(change.eventId)));
      await this.write(tx, encoded.filter(({ change }) => freshIds.has(change.eventId)));
      await this.index.refresh(tx);
    });
  }

  private async encode(changed: LeadChange[]): Promise<EncodedChange[]> {
    const spoken = changed.filter((change) => change.content !== '');
    const vectors = await encodeOrRefuse(this.encoder, spoken.map((change) => change.content));
    const vectorOf = new Map(spoken.map((change, i) => [change.leadId, vectors[i]!]));
    return changed.map((change) => ({ change, vector: vectorOf.get(change.leadId) ?? null }));
  }

  private async write(tx: TenantTx, encoded: EncodedChange[]): Promise<void> {
    const stored = await this.index.store(tx, encoded);
    const told = encoded.filter(({ change, vector }) => vector && stored.has(change.leadId));
    const { model, dimensions } = this.space;
    await this.outbox.addMany(
      tx,
      leadEmbedded,
      told.map(({ change }) => ({ aggregateId: change.leadId, payload: { model, dimensions, contentHash: change.contentHash } })),
    );
  }
}
