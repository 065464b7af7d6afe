import type { BackboneStatus, CampaignProgress, ImportView, LeadView, SpendLine } from '#leadwire/contracts';

/** One thing that must be true at the end, and what was seen. */
export interface Invariant {
  readonly name: string;
  readonly holds: boolean;
  readonly seen: string;
}

/** Hits of a search in plain words. */
export interface SearchReport {
  readonly query: string;
  readonly hits: { name: string; score: number; excerpt: string }[];
}

/** What a journey found; printed, and written by --json. */
export interface Report {
  credentials: { email: string; password: string; apiKey: string };
  seconds: Record<string, number>;
  import?: ImportView;
  searches: SearchReport[];
  campaign?: CampaignProgress;
  callsByOutcome: Record<string, number>;
  callsByDisposition: Record<string, number>;
  bookings: number;
  spend: SpendLine[];
  totalSpend: string;
  balance: string;
  topLeads: LeadView[];
  services: BackboneStatus[];
  invariants: Invariant[];
}

/** A report with nothing in it yet. */
export function emptyReport(): Report {
  return {
    credentials: { email: '', password: '', apiKey: '' },
    seconds: {},
    searches: [],
    callsByOutcome: {},
    callsByDisposition: {},
    bookings: 0,
    spend: [],
    totalSpend: '0',
    balance: '0',
    topLeads: [],
    services: [],
    invariants: [],
  };
}
