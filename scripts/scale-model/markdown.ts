import { limitsOf } from './limits.js';
import type { Load } from './load.js';
import { needsOf, type Needs } from './needs.js';
import type { UnitCosts, UnitCostsFile } from './unit-costs.js';

type Line = readonly [string, string, string];

/** The tables of docs/scale.md. */
export function scaleTables(load: Load, costs: UnitCosts, file: UnitCostsFile): string {
  const needs = needsOf(load, costs);
  return [
    `Measured on ${file.machine}.`,
    table(['measured', 'figure', 'from'], costLines(file)),
    `Where one installation, undivided, ends (peak ${load.peakFactor} times the mean, planned to ${percent(load.headroom)} of what was measured):`,
    table(['limit', 'events a day', 'of what is asked'], limitsOf(load, costs).map(({ what, eventsPerDay }) => [what, count(eventsPerDay), percent(eventsPerDay / load.eventsPerDay)])),
    `What serves ${count(load.tenants)} tenants and ${count(load.eventsPerDay)} events a day:`,
    table(['part', 'need', 'of it'], needLines(load, needs)),
  ].join('\n\n');
}

function costLines({ speeds, sizes }: UnitCostsFile): Line[] {
  return [
    ...Object.values(speeds).map(({ what, measured, from }): Line => [what, count(measured!), `${from.bench}: \`${from.row}\``]),
    ...Object.values(sizes).map(({ what, measured, from }): Line => [what, count(measured), `\`${from}\``]),
  ];
}

function needLines(load: Load, { mean, peak, cells, tenantsPerCell, becauseOf, relays, consumers, streams, jetStream, postgres, network }: Needs): Line[] {
  return [
    ['load', `${count(mean)}/s mean, ${count(peak)}/s peak`, `${count(load.eventsPerDay / load.tenants)} events a tenant and day`],
    ['cells', `${cells}`, `${count(tenantsPerCell)} tenants each; because of ${becauseOf}`],
    ['relays', `${relays.leading} leading (a service and cell)`, `the busiest at ${count(relays.busiest)}/s, ${percent(relays.used)} of one`],
    ['consumers', `${count(consumers.handled)} handled/s; ${consumers.replicas} replicas in batches of 100`, `${count(consumers.replicasOneByOne)} one by one; the busiest consumer of a cell needs ${consumers.durablesOfBusiest} of ${load.slots} durables`],
    ['streams', `${streams.count}`, `the busiest ${count(streams.busiestMessagesPerDay)} messages a day, ${bytes(streams.busiestBytes)} in ${load.days.stream} days, before replicas`],
    ['JetStream nodes', `${jetStream.nodes}`, `${jetStream.nodesByDisk} by disk (${bytes(jetStream.diskBytes)} at R${load.streamReplicas}), ${jetStream.nodesByRate} by rate (${count(jetStream.writes)} stored/s, assumed)`],
    ['PostgreSQL servers', `${postgres.servers} primaries, ${postgres.coresPerServer} cores each`, `${count(postgres.cores)} cores for events alone; each with ${bytes(postgres.diskPerServer)} of disk, and a standby`],
    ['WAL', `${bytes(postgres.walPerDay)} a day`, `${bytes(postgres.walPerSecond)}/s at the peak over all servers, full pages not counted`],
    ['partitions', `${postgres.partitions.perDay} made a day and cell, ${postgres.partitions.kept} kept`, `the largest ${count(postgres.partitions.largestRows)} rows, ${bytes(postgres.partitions.largestBytes)}`],
    ['outbox and inbox on disk', bytes(postgres.diskBytes), `outbox ${load.days.outbox} days, inbox ${load.days.inbox} days`],
    ['network at the peak', `${bytes(network.publish)}/s published`, `${bytes(network.replicate)}/s between nodes, ${bytes(network.deliver)}/s to consumers`],
  ];
}

function table(head: Line, lines: readonly Line[]): string {
  return [head, ['---', '---:', '---'], ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function count(figure: number): string {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(figure);
}

function percent(share: number): string {
  return `${count(share * 100)} %`;
}

function bytes(figure: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(figure) / 3));
  return `${count(figure / 1000 ** power)} ${units[power]}`;
}
