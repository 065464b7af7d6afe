import type { Caller } from '#leadwire/kernel';
import { newId } from '#leadwire/kernel';
import type { Pipeline } from '../pipeline/ensure-pipeline.js';
import type { LeadContent } from './lead-content.js';
import { LeadEntity } from './lead.entity.js';

/** A lead at the beginning of the tenant's pipeline; not stored yet. */
export function newLead(content: LeadContent, pipeline: Pick<Pipeline, 'firstStage' | 'firstStatus'>, createdByUserId: string | null): LeadEntity {
  const now = new Date();
  return Object.assign(new LeadEntity(), {
    id: newId(),
    createdByUserId,
    ...content,
    stage: pipeline.firstStage,
    stageEnteredAt: now,
    status: pipeline.firstStatus,
    temperature: 'cold' as const,
    leadScore: 0,
    qualificationStatus: 'new',
    isDeleted: false,
    lastActivityAt: null,
    createdAt: now,
    updatedAt: now,
  });
}

/** The user who acts, where it is one. */
export function actingUser({ actor }: Caller): string | null {
  return actor.kind === 'user' ? actor.id : null;
}
