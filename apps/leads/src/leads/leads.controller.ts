import {
  leadsOperations as operations,
  type LeadFields,
  type LeadId,
  type ListLeads as ListLeadsInput,
  type SelectSegment as SelectSegmentInput,
  type UpdateLead as UpdateLeadInput,
} from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { CreateLead } from './create-lead.js';
import { GetLead } from './get-lead.js';
import { ListLeads } from './list-leads.js';
import { SelectSegment } from './select-segment.js';
import { UpdateLead } from './update-lead.js';

@Controller()
export class LeadsController {
  constructor(
    private readonly creator: CreateLead,
    private readonly getter: GetLead,
    private readonly list: ListLeads,
    private readonly updater: UpdateLead,
    private readonly segment: SelectSegment,
  ) {}

  @Handle(operations.createLead)
  createLead(call: Call<LeadFields>) {
    return this.creator.execute(call);
  }

  @Handle(operations.getLead)
  getLead(call: Call<LeadId>) {
    return this.getter.execute(call);
  }

  @Handle(operations.listLeads)
  listLeads(call: Call<ListLeadsInput>) {
    return this.list.execute(call);
  }

  @Handle(operations.updateLead)
  updateLead(call: Call<UpdateLeadInput>) {
    return this.updater.execute(call);
  }

  @Handle(operations.selectSegment)
  selectSegment(call: Call<SelectSegmentInput>) {
    return this.segment.execute(call);
  }
}
