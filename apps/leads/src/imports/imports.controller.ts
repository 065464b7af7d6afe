import { leadsOperations as operations, type ImportId, type RejectsQuery, type StartImport as StartImportInput } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { GetImport } from './get-import.js';
import { GetImportRejects } from './get-import-rejects.js';
import { StartImport } from './start-import.js';

@Controller()
export class ImportsController {
  constructor(
    private readonly starter: StartImport,
    private readonly getter: GetImport,
    private readonly rejects: GetImportRejects,
  ) {}

  @Handle(operations.startImport)
  startImport(call: Call<StartImportInput>) {
    return this.starter.execute(call);
  }

  @Handle(operations.getImport)
  getImport(call: Call<ImportId>) {
    return this.getter.execute(call);
  }

  @Handle(operations.getImportRejects)
  getImportRejects(call: Call<RejectsQuery>) {
    return this.rejects.execute(call);
  }
}
