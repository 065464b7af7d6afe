const ENDED = ['completed', 'stopped', 'failed'];

/** Whether an enrolment has ended: it never begins again. */
export function hasEnded(status: string): boolean {
  return ENDED.includes(status);
}
