import { callFailed, callQueued, type CallEnded } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { VoiceAgentEntity } from '../agents/voice-agent.entity.js';
import { VoiceNumberEntity } from '../numbers/voice-number.entity.js';
import { DiallerSignal } from '../work/worker-signals.js';
import { CallLogEntity, subjectOf } from './call-log.entity.js';
import type { EndReason } from './call-status.js';
import { isCallee } from './callee-number.js';

/** A call that somebody, or a campaign, asks for. */
export interface CallOrder {
  agentId: string;
  fromNumberId: string;
  to: string;
  leadId: string | null;
  leadName: string | null;
  companyName: string | null;
  userId: string | null;
  /** Set for a campaign's call: one call for each enrolment and step. */
  step: { campaignId: string; campaignLeadId: string; stepId: string } | null;
}

const INSERT = `
  insert into voice_call_logs (id, initiated_by_user_id, lead_id, lead_name, company_name, agent_id, from_number_id, from_number,
    to_number, campaign_id, campaign_lead_id, campaign_step_id, status, end_reason, max_minutes, reservation_id, ended_at, finish_after)
  select id, user_id, lead_id, lead_name, company_name, agent_id, from_number_id, from_number,
    to_number, campaign_id, campaign_lead_id, campaign_step_id, status, end_reason, max_minutes, reservation_id,
    case when status = 'failed' then clock_timestamp() end, case when status = 'failed' then clock_timestamp() end
  from json_to_recordset($1) as r(id uuid, user_id uuid, lead_id uuid, lead_name text, company_name text, agent_id uuid,
    from_number_id uuid, from_number text, to_number text, campaign_id uuid, campaign_lead_id uuid, campaign_step_id uuid,
    status text, end_reason text, max_minutes int, reservation_id uuid)
  on conflict on constraint voice_call_logs_step do nothing
  returning id`;

/** Writes calls into the queue, in one statement for any number of them, and tells of each that is new. */
@Injectable()
export class QueueCalls {
  constructor(
    private readonly outbox: Outbox,
    private readonly dialler: DiallerSignal,
  ) {}

  /** Answers the rows that are new. A call that cannot be made (unknown agent, bad number) is a row too, failed at once. */
  async add(tx: TenantTx, orders: CallOrder[]): Promise<CallLogEntity[]> {
    const rows = await this.rowsOf(tx, orders);
    const inserted = await tx.query<{ id: string }>(INSERT, [JSON.stringify(rows)]);
    const calls = await tx.manager.findBy(CallLogEntity, { id: In(inserted.map((row) => row.id)) });
    await this.tell(tx, calls);
    tx.afterCommit(() => this.dialler.wake());
    return calls;
  }

  private async rowsOf(tx: TenantTx, orders: CallOrder[]) {
    const agents = await tx.manager.findBy(VoiceAgentEntity, { id: In(orders.map((order) => order.agentId)) });
    const numbers = await tx.manager.findBy(VoiceNumberEntity, { id: In(orders.map((order) => order.fromNumberId)) });
    const agentOf = new Map(agents.map((agent) => [agent.id, agent]));
    const numberOf = new Map(numbers.map((number) => [number.id, number]));
    return orders.map((order) => rowOf(order, agentOf.get(order.agentId), numberOf.get(order.fromNumberId)));
  }

  private async tell(tx: TenantTx, calls: CallLogEntity[]): Promise<void> {
    const queued = calls.filter((call) => call.status === 'queued');
    const failed = calls.filter((call) => call.status === 'failed');
    await this.outbox.addMany(tx, callQueued, queued.map((call) => ({ aggregateId: call.id, payload: subjectOf(call) })));
    await this.outbox.addMany(tx, callFailed, failed.map((call) => ({ aggregateId: call.id, payload: endedAtOnce(call) })));
  }
}

function rowOf(order: CallOrder, agent?: VoiceAgentEntity, number?: VoiceNumberEntity) {
  const endReason = faultOf(order, agent, number);
  return {
    id: newId(),
    user_id: order.userId,
    lead_id: order.leadId,
    lead_name: order.leadName,
    company_name: order.companyName,
    agent_id: agent?.id ?? null,
    from_number_id: number?.id ?? null,
    from_number: number?.number ?? null,
    to_number: order.to,
    campaign_id: order.step?.campaignId ?? null,
    campaign_lead_id: order.step?.campaignLeadId ?? null,
    campaign_step_id: order.step?.stepId ?? null,
    status: endReason ? 'failed' : 'queued',
    end_reason: endReason,
    max_minutes: agent?.maxMinutes ?? 1,
    reservation_id: newId(),
  };
}

function faultOf(order: CallOrder, agent?: VoiceAgentEntity, number?: VoiceNumberEntity): EndReason | null {
  if (!agent) return 'unknown-agent';
  if (!number) return 'unknown-number';
  return isCallee(order.to) ? null : 'bad-callee';
}

function endedAtOnce(call: CallLogEntity): CallEnded {
  return { ...subjectOf(call), status: call.status, endReason: call.endReason, durationSeconds: 0 };
}
