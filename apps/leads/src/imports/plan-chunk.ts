import { isDeepStrictEqual } from 'node:util';
import { contentOf, customFieldsFit, type LeadContent } from '../leads/lead-content.js';
import type { LeadEntity } from '../leads/lead.entity.js';
import { formatCsvLine } from './csv/format-csv-line.js';
import { draftContent } from './draft-content.js';
import type { ImportMode } from './import.entity.js';
import { LeadIndex } from './lead-index.js';
import { mergeContent } from './merge-content.js';
import { rejectRow, type DraftRow } from './read-chunks.js';
import type { RejectedRow } from './rejects-document.js';

/** What storing a chunk comes to. Rows that fall on one lead are one write of it. */
export interface ChunkPlan {
  inserts: LeadEntity[];
  /** Leads that really change. */
  updates: LeadEntity[];
  rejects: RejectedRow[];
  /** Rows, not leads: imported + updated + rejects = rows given. */
  imported: number;
  updated: number;
}

const REFUSALS = {
  known: { code: 'lead-exists', message: 'A lead with this mail or phone exists already, and only new ones were to be created.' },
  unknown: { code: 'lead-unknown', message: 'No lead has this mail or phone, and only known ones were to be updated.' },
  custom: { code: 'custom-fields-too-large', message: 'The columns kept as custom fields hold more than a lead can.' },
} as const;

/** Decides row by row, in the file's order, against the leads that exist and those the chunk makes. Pure but for ids. */
export class ChunkPlanner {
  private readonly index = new LeadIndex<LeadEntity>();
  private readonly before = new Map<LeadEntity, LeadContent>();
  private readonly plan: ChunkPlan = { inserts: [], updates: [], rejects: [], imported: 0, updated: 0 };

  constructor(
    existing: readonly LeadEntity[],
    private readonly mode: ImportMode,
    private readonly create: (content: LeadContent) => LeadEntity,
  ) {
    for (const lead of existing) {
      this.index.add(lead);
      this.before.set(lead, contentOf(lead));
    }
  }

  /** To be called once. */
  planRows(rows: readonly DraftRow[]): ChunkPlan {
    for (const row of rows) {
      const refusal = this.take(draftContent(row.draft));
      if (refusal) this.plan.rejects.push(rejectRow(row.line, REFUSALS[refusal], formatCsvLine(row.cells)));
    }
    for (const [lead, before] of this.before) {
      if (isDeepStrictEqual(before, contentOf(lead))) continue;
      lead.updatedAt = new Date();
      this.plan.updates.push(lead);
    }
    return this.plan;
  }

  private take(content: LeadContent): keyof typeof REFUSALS | undefined {
    const lead = this.index.find(content);
    if (!lead) return this.takeNew(content);
    if (this.mode === 'create') return 'known';
    const taken = { email: this.index.hasEmail(content.email), phone: this.index.hasPhone(content.phone) };
    const merged = mergeContent(contentOf(lead), content, taken);
    if (!customFieldsFit(merged.customFields)) return 'custom';
    Object.assign(lead, merged);
    this.index.add(lead);
    this.plan.updated += 1;
    return undefined;
  }

  private takeNew(content: LeadContent): keyof typeof REFUSALS | undefined {
    if (this.mode === 'update') return 'unknown';
    if (!customFieldsFit(content.customFields)) return 'custom';
    const lead = this.create(content);
    this.index.add(lead);
    this.plan.inserts.push(lead);
    this.plan.imported += 1;
    return undefined;
  }
}
