import type { RejectsQuery, TextDocument } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { findImport } from './get-import.js';
import { rejectsDocument, type RejectedRow } from './rejects-document.js';

const MOST_ROWS = 2_000;
const READ = `
  select line, code, message, raw from lead_import_rejects
  where import_id = $1 and line > $2 order by line limit ${MOST_ROWS}`;

/** The rows that an import rejected, as a CSV to correct and send again. */
@Injectable()
export class GetImportRejects {
  execute(call: Call<RejectsQuery>): Promise<TextDocument> {
    const { importId, afterLine = 0 } = call.input;
    return call.transaction(async (tx) => {
      await findImport(tx, importId);
      const rows = await tx.query<RejectedRow>(READ, [importId, afterLine]);
      return {
        contentType: 'text/csv; charset=utf-8',
        body: rejectsDocument(rows),
        fileName: `rejects-${importId}.csv`,
      };
    });
  }
}
