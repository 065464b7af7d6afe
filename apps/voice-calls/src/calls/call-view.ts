import type { CallAnalysisView, CallView } from '#leadwire/contracts';
import type { CallAnalysisEntity } from '../analysis/call-analysis.entity.js';
import type { CallLogEntity } from './call-log.entity.js';

/** A call as its tenant sees it, with its analysis once it was read. */
export function callView(call: CallLogEntity, analysis?: CallAnalysisEntity | null): CallView {
  const { id, leadId, campaignId, status, endReason, durationSeconds } = call;
  return {
    id, leadId, campaignId, status, endReason, durationSeconds,
    to: call.toNumber.slice(0, 20),
    analysis: analysis ? analysisView(analysis) : null,
    createdAt: call.createdAt.toISOString(),
    endedAt: call.endedAt?.toISOString() ?? null,
  };
}

function analysisView(analysis: CallAnalysisEntity): CallAnalysisView {
  const { summary, sentiment, disposition, leadCategory, scoreDelta, extraction } = analysis;
  return { summary, sentiment, disposition, leadCategory, scoreDelta, extraction };
}
