import { campaignsOperations as operations, type CampaignPageQuery, type ListEnrolments as ListEnrolmentsInput } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { ListActivities } from './list-activities.js';
import { ListEnrolments } from './list-enrolments.js';

@Controller()
export class EnrolmentsController {
  constructor(
    private readonly enrolments: ListEnrolments,
    private readonly activities: ListActivities,
  ) {}

  @Handle(operations.listEnrolments)
  listEnrolments(call: Call<ListEnrolmentsInput>) {
    return this.enrolments.execute(call);
  }

  @Handle(operations.listActivities)
  listActivities(call: Call<CampaignPageQuery>) {
    return this.activities.execute(call);
  }
}
