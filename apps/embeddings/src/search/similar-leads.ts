import type { LeadHits, SimilarLeads as SimilarLeadsInput } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { ActiveSpace } from '../spaces/active-space.js';
import { NearestLeads } from './nearest-leads.js';

const VECTOR_OF = `select embedding::text as vector from lead_embeddings where space_id = $1 and lead_id = $2`;

/** The leads most like one; none when that lead says nothing about itself. */
@Injectable()
export class SimilarLeads {
  constructor(
    private readonly nearest: NearestLeads,
    private readonly space: ActiveSpace,
  ) {}

  async execute(call: Call<SimilarLeadsInput>): Promise<LeadHits> {
    const { leadId, limit = 10 } = call.input;
    return call.transaction(async (tx) => {
      const [lead] = await tx.query<{ vector: string | null }>(VECTOR_OF, [this.space.id, leadId]);
      if (!lead) throw Problems.notFound();
      if (!lead.vector) return { hits: [], indexedAt: await this.nearest.indexedAt(tx) };
      return this.nearest.find(tx, { vector: lead.vector, limit, except: leadId });
    });
  }
}
