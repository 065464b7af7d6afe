import type { ImportId, ImportView } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { ImportEntity, importView } from './import.entity.js';

/** Tells how far an import is. */
@Injectable()
export class GetImport {
  execute(call: Call<ImportId>): Promise<ImportView> {
    return call.transaction(async (tx) => importView(await findImport(tx, call.input.importId)));
  }
}

/** An import of the tenant; refuses an id that it has not. */
export async function findImport(tx: TenantTx, id: string): Promise<ImportEntity> {
  const one = await tx.manager.findOneBy(ImportEntity, { id });
  if (!one) throw Problems.notFound();
  return one;
}
