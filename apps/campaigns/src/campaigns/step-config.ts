import type { STEP_TYPES } from '#leadwire/contracts';
import { isId, type FieldProblem } from '#leadwire/kernel';

export type StepType = (typeof STEP_TYPES)[number];

/** What a step may be configured with; each type takes its own part of it. */
export interface StepConfig {
  templateKey?: string;
  seconds?: number;
  agentId?: string;
  fromNumberId?: string;
}

/** A year: longer than any sequence waits. */
const LONGEST_DELAY_SECONDS = 31_536_000;

type Check = { fits: (value: unknown) => boolean; message: string };

const templateKey: Check = { fits: (value) => typeof value === 'string' && /^[a-z0-9-]{1,100}$/.test(value), message: 'must be the key of a template' };
const seconds: Check = {
  fits: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LONGEST_DELAY_SECONDS,
  message: `must be a whole number from 0 to ${LONGEST_DELAY_SECONDS}`,
};
const id: Check = { fits: (value) => typeof value === 'string' && isId(value), message: 'must be a UUID' };

/** Each type's own configuration. */
const CONFIGS: Record<StepType, Record<string, Check>> = {
  email_send: { templateKey },
  delay: { seconds },
  voice_agent_call: { agentId: id, fromNumberId: id },
};

/** Whether there is such a type of step. */
export function isStepType(type: string): type is StepType {
  return Object.hasOwn(CONFIGS, type);
}

/** What is wrong with a step's configuration, field by field; `at` is where the step stands in the input. */
export function stepConfigProblems(type: StepType, config: Record<string, unknown>, at: string): FieldProblem[] {
  const checks = CONFIGS[type];
  const wrong = Object.entries(checks).filter(([name, check]) => !check.fits(config[name]));
  const unknown = Object.keys(config).filter((name) => !Object.hasOwn(checks, name));
  return [
    ...wrong.map(([name, { message }]) => ({ field: `${at}.config.${name}`, message })),
    ...unknown.map((name) => ({ field: `${at}.config.${name}`, message: `is no setting of ${type}` })),
  ];
}
