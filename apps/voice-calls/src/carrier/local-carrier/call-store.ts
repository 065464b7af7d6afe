import type { CallRecord } from './call-record.js';

export interface CallFilter {
  to?: string;
  from?: string;
  status?: string;
  /** Whole days in UTC, `YYYY-MM-DD`, as Twilio filters them. */
  startedOn?: string;
  startedSince?: string;
  startedBefore?: string;
}

/** Every call this process ever placed. */
export class CallStore {
  private readonly bySid = new Map<string, CallRecord>();

  add(call: CallRecord): void {
    this.bySid.set(call.sid, call);
  }

  get(sid: string): CallRecord | undefined {
    return this.bySid.get(sid);
  }

  all(): CallRecord[] {
    return [...this.bySid.values()];
  }

  /** Newest first. */
  find(filter: CallFilter): CallRecord[] {
    return this.all()
      .filter((call) => matches(call, filter))
      .reverse();
  }
}

function matches(
  call: CallRecord,
  { to, from, status, startedOn, startedSince, startedBefore }: CallFilter,
): boolean {
  const day = call.startTime?.toISOString().slice(0, 10);
  return (
    (!to || call.to === to) &&
    (!from || call.from === from) &&
    (!status || call.status === status) &&
    (!startedOn || day === startedOn.slice(0, 10)) &&
    (!startedSince || (day !== undefined && day >= startedSince.slice(0, 10))) &&
    (!startedBefore || (day !== undefined && day < startedBefore.slice(0, 10)))
  );
}
