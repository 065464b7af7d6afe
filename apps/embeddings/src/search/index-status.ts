import type { IndexStatus as IndexStatusView, Nothing } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { ActiveSpace } from '../spaces/active-space.js';
import { NearestLeads } from './nearest-leads.js';

const EMBEDDED = `select count(*)::int as embedded from lead_embeddings where space_id = $1 and embedding is not null`;

/** How many of the tenant's leads have a vector, by which model, and how fresh that is. */
@Injectable()
export class IndexStatus {
  constructor(
    private readonly nearest: NearestLeads,
    private readonly space: ActiveSpace,
  ) {}

  async execute(call: Call<Nothing>): Promise<IndexStatusView> {
    const { model, dimensions } = this.space;
    return call.transaction(async (tx) => {
      const [counted] = await tx.query<{ embedded: number }>(EMBEDDED, [this.space.id]);
      return { embedded: counted!.embedded, model, dimensions, indexedAt: await this.nearest.indexedAt(tx) };
    });
  }
}
