import type { LeadView, Page } from '#leadwire/contracts';
import { pageOfRows } from '#leadwire/database';
import { leadView } from './lead-view.js';
import type { LeadEntity } from './lead.entity.js';

/** An answer is one message on the bus (1 MiB): the page ends early where long notes would burst it. */
const LARGEST_PAGE = 700_000;

/** The page of `limit + 1` leads that were read, or the first part of it that fits. */
export function pageOfLeads(
  rows: LeadEntity[],
  limit: number,
  position: (row: LeadEntity) => string | (string | number)[],
): Page<LeadView> {
  return pageOfRows(rows, Math.min(limit, howManyFit(rows)), position, leadView);
}

function howManyFit(rows: LeadEntity[]): number {
  let bytes = 0;
  const burst = rows.findIndex((row) => (bytes += Buffer.byteLength(JSON.stringify(leadView(row)))) > LARGEST_PAGE);
  // One lead alone always fits: its notes and custom fields are bounded.
  return burst < 0 ? rows.length : Math.max(1, burst);
}
