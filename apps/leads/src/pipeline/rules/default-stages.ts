import type { StageOutcome, StageSeed, Vertical } from './pipeline-vertical.js';

type Row = readonly [key: string, label: string, color: string, outcome?: StageOutcome];

function inOrder(rows: readonly Row[]): readonly StageSeed[] {
  return rows.map(([key, label, color, outcome = 'open'], index) => ({ key, label, color, order: index + 1, outcome }));
}

/** The stages a new tenant starts with; it may rename, reorder and add its own. */
export const DEFAULT_STAGES: Readonly<Record<Vertical, readonly StageSeed[]>> = {
  sales: inOrder([
    ['new', 'New', '#64748b'],
    ['contacted', 'Contacted', '#0ea5e9'],
    ['qualified', 'Qualified', '#6366f1'],
    ['proposal', 'Proposal', '#8b5cf6'],
    ['negotiation', 'Negotiation', '#f59e0b'],
    ['won', 'Won', '#16a34a', 'won'],
    ['lost', 'Lost', '#dc2626', 'lost'],
  ]),
  broker: inOrder([
    ['entrada', 'Entrada', '#64748b'],
    ['perfilamiento', 'Perfilamiento', '#0ea5e9'],
    ['calificacion_financiera', 'Calificación financiera', '#6366f1'],
    ['potencial', 'Potencial', '#a855f7'],
    ['agendado', 'Agendado', '#f59e0b'],
    ['seguimiento', 'Seguimiento', '#eab308'],
    ['referidos', 'Referidos', '#14b8a6'],
    ['ganado', 'Ganado', '#16a34a', 'won'],
    ['perdido', 'Perdido', '#dc2626', 'lost'],
  ]),
  education: inOrder([
    ['inquiry', 'Inquiry', '#64748b'],
    ['profile_review', 'Profile review', '#0ea5e9'],
    ['university_shortlist', 'University shortlist', '#3b82f6'],
    ['document_prep', 'Document preparation', '#6366f1'],
    ['application_submitted', 'Application submitted', '#8b5cf6'],
    ['awaiting_decision', 'Awaiting decision', '#f59e0b'],
    ['offer_received', 'Offer received', '#84cc16'],
    ['visa_process', 'Visa process', '#14b8a6'],
    ['enrolled', 'Enrolled', '#16a34a', 'won'],
    ['rejected', 'Rejected', '#dc2626', 'lost'],
    ['withdrawn', 'Withdrawn', '#78716c', 'lost'],
  ]),
};
