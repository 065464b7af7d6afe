import { Database } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Injectable } from '@nestjs/common';
import { CampaignsConfig } from '../campaigns.config.js';

export interface ClaimedEnrolment {
  tenantId: string;
  id: string;
}

// Campaign by campaign, in another order each time, so that a large one does not keep the others waiting; a paused one
// is not looked at. Rows that another replica is claiming are passed over.
// Materialized: planned into the join, the limit could be met more than once.
const CLAIM = `
  with found as materialized (
    select due.id from (select tenant_id, id from campaigns where status = 'running' order by random()) c
    cross join lateral (
      select l.id from campaign_leads l
      where l.tenant_id = c.tenant_id and l.campaign_id = c.id and l.due_at <= now()
        and (l.claimed_until is null or l.claimed_until <= now())
      order by l.due_at limit $3 for update skip locked
    ) due limit $3
  )
  update campaign_leads cl set claimed_by = $1, claimed_until = now() + $2 * interval '1 millisecond'
  from found where cl.id = found.id
  returning cl.tenant_id as "tenantId", cl.id`;

const RENEW = `
  update campaign_leads set claimed_until = now() + $2 * interval '1 millisecond'
  where claimed_by = $1 and id = any($3) and claimed_until is not null returning id`;

const GIVE_BACK = `
  update campaign_leads set claimed_by = null, claimed_until = null, due_at = now() + $3 * interval '1 millisecond'
  where claimed_by = $1 and id = $2 and due_at is not null`;

/** The claims of this process on due enrolments, of whichever tenant: leases that end by themselves when it dies. */
@Injectable()
export class EnrolmentClaims {
  /** Fences: a step begins only while the row still names this process. */
  readonly claimedBy = newId();
  /** Until when each claim surely holds, on this process's own clock. */
  private readonly goodUntil = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly config: CampaignsConfig,
  ) {}

  /** Claims due enrolments, at most so many. */
  async claim(limit: number): Promise<ClaimedEnrolment[]> {
    const until = this.leaseEnd();
    const rows = await this.database.forPlatform((tx) =>
      tx.query<ClaimedEnrolment>(CLAIM, [this.claimedBy, this.config.runnerLeaseMs, limit]),
    );
    for (const { id } of rows) this.goodUntil.set(id, until);
    return rows;
  }

  /** Renews the claims in hand. */
  async renew(): Promise<void> {
    const until = this.leaseEnd();
    const ids = [...this.goodUntil.keys()];
    if (ids.length === 0) return;
    const renewed = await this.database.forPlatform((tx) =>
      tx.query<{ id: string }>(RENEW, [this.claimedBy, this.config.runnerLeaseMs, ids]),
    );
    for (const { id } of renewed) if (this.goodUntil.has(id)) this.goodUntil.set(id, until);
  }

  /** Whether nobody else can have taken the enrolment over yet: asked right before an act that cannot be undone. */
  stillHolds(id: string): boolean {
    return (this.goodUntil.get(id) ?? 0) > performance.now();
  }

  /** The enrolment is no longer in hand. */
  forget(id: string): void {
    this.goodUntil.delete(id);
  }

  /** Lets an enrolment be looked at again after a while: something went wrong with it. */
  async giveBack(id: string, waitMs: number): Promise<void> {
    await this.database.forPlatform((tx) => tx.query(GIVE_BACK, [this.claimedBy, id, waitMs]));
  }

  private leaseEnd(): number {
    return performance.now() + this.config.runnerLeaseMs;
  }
}
