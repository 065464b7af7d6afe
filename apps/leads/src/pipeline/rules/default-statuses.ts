import type { StatusSeed, Vertical } from './pipeline-vertical.js';

/** The state of the conversation, beside the stage: any lead in any stage may have any of them. */
const SHARED: readonly StatusSeed[] = [
  { key: 'active', label: 'Active', color: '#16a34a' },
  { key: 'waiting', label: 'Waiting for an answer', color: '#f59e0b' },
  { key: 'on_hold', label: 'On hold', color: '#64748b' },
  { key: 'unreachable', label: 'Unreachable', color: '#78716c' },
  { key: 'do_not_contact', label: 'Do not contact', color: '#dc2626' },
];

const IN_SPANISH: Readonly<Record<string, string>> = {
  active: 'Activo',
  waiting: 'Esperando respuesta',
  on_hold: 'En pausa',
  unreachable: 'Ilocalizable',
  do_not_contact: 'No contactar',
};

/** The statuses a new tenant starts with; the keys are the same in every vertical, the broker's labels are Spanish. */
export const DEFAULT_STATUSES: Readonly<Record<Vertical, readonly StatusSeed[]>> = {
  sales: SHARED,
  broker: SHARED.map((status) => ({ ...status, label: IN_SPANISH[status.key] ?? status.label })),
  education: SHARED,
};

export const FIRST_STATUS = 'active';
