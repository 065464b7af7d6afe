import type { EnrolmentView, ListEnrolments as ListEnrolmentsInput, Page } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { CampaignEntity } from '../campaigns/campaign.entity.js';
import { EnrolmentEntity, enrolmentView } from './enrolment.entity.js';

/** The enrolments of a campaign, in the order in which they were made. */
@Injectable()
export class ListEnrolments {
  execute(call: Call<ListEnrolmentsInput>): Promise<Page<EnrolmentView>> {
    const { campaignId, status, limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      if (!(await tx.manager.existsBy(CampaignEntity, { id: campaignId }))) throw Problems.notFound();
      const where = { tenantId: tx.tenantId, campaignId, ...(status && { status }), ...(cursor && { id: MoreThan(idCursor(cursor)) }) };
      const rows = await tx.manager.find(EnrolmentEntity, { where, order: { id: 'ASC' }, take: limit + 1 });
      return pageOfRows(rows, limit, (row) => row.id, enrolmentView);
    });
  }
}
