import { nameOf } from './journey/search-leads.js';
import type { Report } from './journey/report.js';

/** Prints what the journey found, for a person to read. */
export function printReport(report: Report, url: string): void {
  printSearches(report);
  printOutcomes(report);
  printSpend(report);
  printEvents(report);
  console.log('\nInvariants');
  for (const { name, holds, seen } of report.invariants) console.log(`  ${holds ? '✓' : '✗'} ${name.padEnd(62)} ${seen}`);
  const broken = report.invariants.filter(({ holds }) => !holds);
  console.log(broken.length === 0 ? `\nAll ${report.invariants.length} invariants hold. The journey took ${report.seconds['journey']!.toFixed(1)} s at ${url}.` : `\n${broken.length} invariants do NOT hold.`);
}

function printSearches({ searches }: Report): void {
  for (const { query, hits } of searches) {
    console.log(`\nSearch: ${query}`);
    for (const { name, score, excerpt } of hits) console.log(`  ${score.toFixed(3)}  ${name.padEnd(24).slice(0, 24)}  ${excerpt.replace(/\s+/g, ' ').slice(0, 90)}`);
  }
}

function printOutcomes({ campaign, callsByOutcome, callsByDisposition, bookings, topLeads }: Report): void {
  const { enrolled, mailsSent, held, stopped, replies, unsubscribes } = campaign!;
  console.log(`\nCampaign: ${enrolled} enrolled, ${mailsSent} mails, ${held} held for a missing variable, ${replies} replies, ${unsubscribes} unsubscribed, ${stopped} stopped`);
  console.log(`Calls: ${list(callsByOutcome)}`);
  console.log(`Dispositions: ${list(callsByDisposition)}; ${bookings} bookings`);
  console.log('Top leads');
  for (const lead of topLeads) console.log(`  ${String(lead.score).padStart(5)}  ${nameOf(lead).padEnd(24).slice(0, 24)}  ${lead.temperature.padEnd(9)} ${lead.stage}`);
}

function printSpend({ spend, totalSpend, balance }: Report): void {
  console.log('\nSpend by component');
  for (const { category, provider, model, unit, quantity, price } of spend) {
    console.log(`  ${`${category} ${provider} ${model ?? ''}`.trim().padEnd(34)} ${quantity.padStart(14)} ${unit.padEnd(10)} ${price.padStart(12)}`);
  }
  console.log(`  ${'total'.padEnd(34)} ${''.padStart(14)} ${''.padEnd(10)} ${totalSpend.padStart(12)}\n  balance ${balance} USD`);
}

function printEvents({ services }: Report): void {
  console.log('\nEvents           published   handled   dead   commit→handled p50 / p99');
  for (const { service, published, handled, deadLetters, commitToHandledP50Ms: p50, commitToHandledP99Ms: p99 } of services) {
    const lag = p50 === null ? '–' : `${p50.toFixed(1)} / ${p99!.toFixed(1)} ms`;
    console.log(`  ${service.padEnd(14)} ${String(published).padStart(9)} ${String(handled).padStart(9)} ${String(deadLetters).padStart(6)}   ${lag}`);
  }
}

function list(counts: Record<string, number>): string {
  return Object.entries(counts).map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`).join(', ') || 'none';
}
