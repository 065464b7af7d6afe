import { LeadProblems, leadUpdated, type LeadView, type UpdateLead as UpdateLeadInput } from '#leadwire/contracts';
import { Database, violatedConstraint, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { ensurePipeline } from '../pipeline/ensure-pipeline.js';
import { findSameLead } from './find-same-lead.js';
import { contentOf, type LeadContent } from './lead-content.js';
import { leadSnapshot, leadView } from './lead-view.js';
import { lockLead } from './lock-lead.js';
import { readLeadFields } from './read-lead-fields.js';
import { updateLeads } from './write-leads.js';

const CONTACT_INDEXES = ['leads_email_living', 'leads_phone_living', 'leads_linkedin_only'];

/** Changes the fields that are named; a lead that stays as it is tells nothing. */
@Injectable()
export class UpdateLead {
  constructor(
    private readonly outbox: Outbox,
    private readonly database: Database,
  ) {}

  async execute(call: Call<UpdateLeadInput>): Promise<LeadView> {
    let wanted: LeadContent | undefined;
    try {
      return await call.transaction((tx) => this.update(tx, call.input, (content) => (wanted = content)));
    } catch (error) {
      if (!wanted || !CONTACT_INDEXES.includes(violatedConstraint(error) ?? '')) throw error;
      const contacts = wanted;
      const leadId = await this.database.forTenant(call.caller, (tx) => findSameLead(tx, contacts, call.input.leadId));
      throw LeadProblems.duplicate({ extra: { leadId } });
    }
  }

  private async update(tx: TenantTx, { leadId, ...fields }: UpdateLeadInput, want: (content: LeadContent) => void): Promise<LeadView> {
    const lead = await lockLead(tx, leadId);
    const { settings } = await ensurePipeline(tx);
    const before = contentOf(lead);
    const content = { ...before, ...readLeadFields(fields, before.country ?? settings.country) };
    if (!content.email && !content.phone && !content.linkedinUrl) throw LeadProblems.noContact();
    if (isDeepStrictEqual(before, content)) return leadView(lead);
    want(content);
    Object.assign(lead, content, { updatedAt: new Date() });
    await updateLeads(tx, [lead]);
    await this.outbox.add(tx, leadUpdated, lead.id, leadSnapshot(lead));
    return leadView(lead);
  }
}
