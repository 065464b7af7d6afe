import { roundDecimal } from '#leadwire/kernel';
import { emptyContent, type LeadContent } from '../leads/lead-content.js';
import type { LeadDraft } from './csv/lead-draft.js';

const LONGEST_NAME = 100;

/** What a row says of a lead, in the form in which leads are kept; null where it says nothing. */
export function draftContent(draft: LeadDraft): LeadContent {
  const { budget, website, region, firstName, lastName, ...said } = draft;
  const names = firstName || lastName ? { firstName, lastName } : splitName(draft.name);
  return {
    ...emptyContent(),
    ...said,
    website,
    region,
    ...names,
    estimatedValue: budget === null ? null : roundDecimal(budget, 2),
    tags: draft.tags.map((tag) => tag.toWellFormed()),
  };
}

/** `Ana Ruiz López` → Ana, Ruiz López; `Ruiz, Ana` → Ana, Ruiz. Messages greet by the first name, so one is needed. */
function splitName(name: string | null): Pick<LeadContent, 'firstName' | 'lastName'> {
  if (!name) return { firstName: null, lastName: null };
  const [family, given, ...more] = name.split(',').map((part) => part.trim());
  if (given && more.length === 0) return { firstName: cut(given), lastName: cut(family!) };
  const [first, ...rest] = name.split(/\s+/);
  return { firstName: cut(first!), lastName: cut(rest.join(' ')) };
}

const cut = (text: string): string | null => text.slice(0, LONGEST_NAME).toWellFormed() || null;
