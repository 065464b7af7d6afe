import { LeadProblems, type LeadView, type MoveLead as MoveLeadInput } from '#leadwire/contracts';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { leadView } from '../leads/lead-view.js';
import { lockLead } from '../leads/lock-lead.js';
import { changeStage } from './change-stage.js';
import { ensurePipeline } from './ensure-pipeline.js';

/** Moves a lead to any stage of the tenant, as a person may. */
@Injectable()
export class MoveLead {
  constructor(private readonly outbox: Outbox) {}

  execute(call: Call<MoveLeadInput>): Promise<LeadView> {
    const { leadId, stage } = call.input;
    return call.transaction(async (tx) => {
      const lead = await lockLead(tx, leadId);
      const { stages } = await ensurePipeline(tx);
      const move = await changeStage(tx, this.outbox, lead, stages, stage, 'person');
      if (!move.moved && move.why === 'stage-unknown') throw LeadProblems.unknownStage();
      return leadView(lead);
    });
  }
}
