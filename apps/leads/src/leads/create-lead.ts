import { leadCreated, LeadProblems, type LeadFields, type LeadView } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { ensurePipeline } from '../pipeline/ensure-pipeline.js';
import { findSameLead } from './find-same-lead.js';
import { emptyContent } from './lead-content.js';
import { leadSnapshot, leadView } from './lead-view.js';
import { actingUser, newLead } from './new-lead.js';
import { readLeadFields } from './read-lead-fields.js';
import { insertLeads } from './write-leads.js';

/** Creates a lead, unless the tenant has one with this mail or phone. */
@Injectable()
export class CreateLead {
  constructor(private readonly outbox: Outbox) {}

  execute(call: Call<LeadFields>): Promise<LeadView> {
    return call.transaction((tx) => this.create(tx, call.input));
  }

  private async create(tx: TenantTx, input: LeadFields): Promise<LeadView> {
    const pipeline = await ensurePipeline(tx);
    const content = { ...emptyContent(), ...readLeadFields(input, pipeline.settings.country) };
    if (!content.email && !content.phone && !content.linkedinUrl) throw LeadProblems.noContact();
    const lead = newLead(content, pipeline, actingUser(tx.caller));
    const [stored] = await insertLeads(tx, [lead]);
    // The unique indexes decided, after waiting for whoever was writing the same contact: what they kept out is visible now.
    if (!stored) throw LeadProblems.duplicate({ extra: { leadId: await findSameLead(tx, content) } });
    await this.outbox.add(tx, leadCreated, lead.id, leadSnapshot(lead));
    return leadView(lead);
  }
}
