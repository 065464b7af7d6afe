import type { CallAnalyzed } from '#leadwire/contracts';

/** What voice-calls tells of a call that went well, as tests need it. */
export function analyzedCall(leadId: string | null, more: Partial<CallAnalyzed> = {}): CallAnalyzed {
  return {
    leadId, campaignId: null, campaignLeadId: null, campaignStepId: null, to: '+12025550100',
    summary: 'Interested, wants to talk on Tuesday.', sentiment: 'positive', sentimentScore: 0.6, disposition: 'interested',
    leadCategory: 'hot', scoreDelta: 25, appointment: null, extraction: {}, objections: [],
    ...more,
  };
}
