import type { CallSubject } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CallStatus, EndReason } from './call-status.js';

/** One call, from the queue to what it used. */
@Entity('voice_call_logs')
export class CallLogEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'lead_id', type: 'uuid', nullable: true }) leadId: string | null;
  @Column({ name: 'lead_name', type: 'varchar', nullable: true }) leadName: string | null;
  @Column({ name: 'company_name', type: 'varchar', nullable: true }) companyName: string | null;
  @Column({ name: 'agent_id', type: 'uuid', nullable: true }) agentId: string | null;
  @Column({ name: 'from_number', type: 'varchar', nullable: true }) fromNumber: string | null;
  @Column({ name: 'to_number', type: 'varchar' }) toNumber: string;
  @Column({ name: 'campaign_id', type: 'uuid', nullable: true }) campaignId: string | null;
  @Column({ name: 'campaign_lead_id', type: 'uuid', nullable: true }) campaignLeadId: string | null;
  @Column({ name: 'campaign_step_id', type: 'uuid', nullable: true }) campaignStepId: string | null;
  @Column({ type: 'varchar' }) status: CallStatus;
  @Column({ name: 'end_reason', type: 'varchar', nullable: true }) endReason: EndReason | null;
  /** The longest it may last; its agent's when it was queued. */
  @Column({ name: 'max_minutes', type: 'int' }) maxMinutes: number;
  /** Made with the row, so that reserving again after a crash reserves once. */
  @Column({ name: 'reservation_id', type: 'uuid' }) reservationId: string;
  /** `asked`: billing may or may not hold it; `refused`: it does not. */
  @Column({ name: 'reservation_status', type: 'varchar' }) reservationStatus: 'none' | 'asked' | 'held' | 'refused';
  @Column({ name: 'claimed_until', type: 'timestamptz', nullable: true }) claimedUntil: Date | null;
  @Column({ name: 'next_attempt_at', type: 'timestamptz' }) nextAttemptAt: Date;
  /** Counts the intents to dial: an attempt that is no longer the last changes nothing. */
  @Column({ name: 'dial_attempts', type: 'int' }) dialAttempts: number;
  @Column({ name: 'dial_attempted_at', type: 'timestamptz', nullable: true }) dialAttemptedAt: Date | null;
  /** When to ask the carrier how the call stands, should its callbacks not tell. */
  @Column({ name: 'check_at', type: 'timestamptz', nullable: true }) checkAt: Date | null;
  @Column({ name: 'carrier_sid', type: 'varchar', nullable: true }) carrierSid: string | null;
  @Column({ name: 'answered_by', type: 'varchar', nullable: true }) answeredBy: string | null;
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true }) answeredAt: Date | null;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true }) endedAt: Date | null;
  @Column({ name: 'duration_seconds', type: 'int', nullable: true }) durationSeconds: number | null;
  @Column({ name: 'transcription_started_at', type: 'timestamptz', nullable: true }) transcriptionStartedAt: Date | null;
  /** The sequence of the carrier's last word on the transcript: how many there are. */
  @Column({ name: 'transcription_end', type: 'int', nullable: true }) transcriptionEnd: number | null;
  @Column({ name: 'finish_after', type: 'timestamptz', nullable: true }) finishAfter: Date | null;
  /** Read, and its use told: nothing more happens to the call. */
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true }) finishedAt: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

/** What the call is about, as each of its events says it. */
export function subjectOf(call: CallLogEntity): CallSubject {
  const { leadId, campaignId, campaignLeadId, campaignStepId } = call;
  return { leadId, campaignId, campaignLeadId, campaignStepId, to: call.toNumber.slice(0, 20) };
}
