import { callAnalyzed, leadScored, type CallAnalyzed } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Consumer, Outbox, type Delivery, type Reaction } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { LeadEntity } from '../leads/lead.entity.js';
import { findLocked } from '../leads/lock-lead.js';
import { changeStage } from '../pipeline/change-stage.js';
import { ensurePipeline } from '../pipeline/ensure-pipeline.js';
import { qualifyLead } from './qualify-lead.js';
import { bantAfterCall, readCallAnalysis } from './read-call-analysis.js';
import { scoreAfterCall, type ScoreAfterCall } from './score-after-call.js';

const BY_AUTOMATION = ['new', 'mql', 'sql'];

const KEEP_EVIDENCE = `
  insert into lead_scores (id, lead_id, call_id, model, score, previous_score, temperature, evidence)
  values ($1, $2, $3, 'call', $4, $5, $6, $7)
  on conflict (tenant_id, call_id) do nothing returning id`;

/** Scores a lead by what was said on the phone, and moves it forward where the rules let it. */
@Injectable()
@Consumer({ name: 'score-on-call-analyzed', events: [callAnalyzed] })
export class ScoreOnCallAnalyzed implements Reaction {
  constructor(private readonly outbox: Outbox) {}

  handle(delivery: Delivery): Promise<void> {
    return delivery.each(async (tx, event) => {
      if (event.is(callAnalyzed)) await this.score(tx, event.aggregateId, event.payload);
    });
  }

  private async score(tx: TenantTx, callId: string, payload: CallAnalyzed): Promise<void> {
    // Two calls of one lead may be read at once: each score builds on the one before, so they take turns.
    const lead = payload.leadId && (await findLocked(tx, payload.leadId));
    if (!lead) return;
    const { settings, stages } = await ensurePipeline(tx);
    const result = scoreAfterCall(lead.leadScore, readCallAnalysis(payload), settings.vertical);
    if (!(await this.keepEvidence(tx, lead, callId, result))) return;
    await this.apply(tx, lead, result, payload);
    if (result.proposedStage) await changeStage(tx, this.outbox, lead, stages, result.proposedStage, 'automation');
  }

  // A call counts once, however often it is analysed.
  private async keepEvidence(tx: TenantTx, lead: LeadEntity, callId: string, result: ScoreAfterCall): Promise<boolean> {
    const { score, temperature, evidence } = result;
    const rows = await tx.query(KEEP_EVIDENCE, [newId(), lead.id, callId, score, lead.leadScore, temperature, JSON.stringify(evidence)]);
    return rows.length === 1;
  }

  private async apply(tx: TenantTx, lead: LeadEntity, result: ScoreAfterCall, payload: CallAnalyzed): Promise<void> {
    const { score, temperature, evidence } = result;
    const previousScore = lead.leadScore;
    const changed = score !== previousScore || temperature !== lead.temperature;
    const byAutomation = BY_AUTOMATION.includes(lead.qualificationStatus);
    const qualificationStatus = byAutomation
      ? qualifyLead(score, bantAfterCall(payload, lead.estimatedValue !== null))
      : lead.qualificationStatus;
    const change = { leadScore: score, temperature, qualificationStatus, updatedAt: new Date() };
    await tx.manager.update(LeadEntity, { id: lead.id }, change);
    Object.assign(lead, change);
    if (changed) await this.outbox.add(tx, leadScored, lead.id, { score, previousScore, temperature, evidence });
  }
}
