import type { ImportView } from '#leadwire/contracts';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Journey } from './journey.js';
import { progress } from './step.js';
import { waitFor } from './wait-for.js';

const ENOUGH_TO_INTERFERE = 500;

/** Streams the CSV in, follows the import, fetches the rejects. */
export async function importLeads({ api, report, options }: Journey): Promise<string> {
  const body = () => Readable.toWeb(createReadStream(options.leadsFile));
  const started = await api.postFile<ImportView>('/v1/imports', body, 'text/csv');
  const done = await waitFor('the import', async () => {
    const now = await api.get<ImportView>(`/v1/imports/${started.id}`);
    progress(`${now.rowsRead} rows read, ${Math.round((100 * now.bytesRead) / Math.max(1, now.bytesTotal))} %`);
    if (now.rowsRead >= ENOUGH_TO_INTERFERE) options.observer.reached('importing');
    if (now.status === 'failed') throw new Error(`the import failed: ${now.failure}`);
    return now.status === 'completed' && now;
  });
  report.import = done;
  const rejects = await api.get<string>(`/v1/imports/${started.id}/rejects`);
  const reasons = rejects.trim().split('\n').length - 1;
  return `${done.rowsRead} rows: ${done.imported} imported, ${done.updated} updated, ${done.rejected} rejected (${reasons > 0 ? 'reasons downloaded' : 'none'})`;
}
