import { contactSuppressed, ContactProblems, type OneClickUnsubscribe, type Unsubscribed } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { endEnrolments, lockOpenEnrolmentsOf } from '../enrolments/enrolment-moves.js';
import { ContactReferences, type EnrolmentReference } from './contact-references.js';
import { findEnrolledContact, type EnrolledContact } from './enrolled-contact.js';

const REASON = 'unsubscribed';

const SUPPRESS = `
  insert into suppressions (id, address, reason, lead_id) values ($1, $2, $3, $4)
  on conflict (tenant_id, address) do nothing returning id`;
const LOG = `
  insert into campaign_lead_activities (id, campaign_id, campaign_lead_id, lead_id, channel, step_type, action_type, status, executed_at)
  values ($1, $2, $3, $4, 'email', 'email_send', 'unsubscribe', 'unsubscribed', now()) on conflict do nothing`;

/** Nothing is sent to the address any more, by no campaign of the tenant. What the body says does not matter (RFC 8058 §3.2). */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly references: ContactReferences,
  ) {}

  async execute(call: Call<OneClickUnsubscribe>): Promise<Unsubscribed> {
    const reference = this.references.openUnsubscribeToken(call.input.token);
    if (!reference) throw ContactProblems.badLink();
    await this.database.forTenantAsService(reference.tenantId, (tx) => this.suppress(tx, reference));
    return { status: REASON };
  }

  private async suppress(tx: TenantTx, { enrolmentId }: EnrolmentReference): Promise<void> {
    const contact = await findEnrolledContact(tx, enrolmentId);
    if (!contact) throw ContactProblems.badLink();
    await this.addSuppression(tx, contact);
    await tx.query(LOG, [newId(), contact.campaignId, enrolmentId, contact.leadId]);
    const open = await lockOpenEnrolmentsOf(tx, contact.address, contact.leadId);
    await endEnrolments(tx, this.outbox, open, 'stopped', REASON);
  }

  private async addSuppression(tx: TenantTx, { address, leadId }: EnrolledContact): Promise<void> {
    const id = newId();
    const added = await tx.query(SUPPRESS, [id, address, REASON, leadId]);
    if (added.length > 0) await this.outbox.add(tx, contactSuppressed, id, { address, reason: REASON, leadId });
  }
}
