import { leadsOperations as operations, type MoveLead as MoveLeadInput, type PageQuery } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { ListStages } from './list-stages.js';
import { ListStatuses } from './list-statuses.js';
import { MoveLead } from './move-lead.js';

@Controller()
export class PipelineController {
  constructor(
    private readonly mover: MoveLead,
    private readonly stages: ListStages,
    private readonly statuses: ListStatuses,
  ) {}

  @Handle(operations.moveLead)
  moveLead(call: Call<MoveLeadInput>) {
    return this.mover.execute(call);
  }

  @Handle(operations.listStages)
  listStages(call: Call<PageQuery>) {
    return this.stages.execute(call);
  }

  @Handle(operations.listStatuses)
  listStatuses(call: Call<PageQuery>) {
    return this.statuses.execute(call);
  }
}
