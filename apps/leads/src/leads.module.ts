import { leadsOperations } from '#leadwire/contracts';
import { ServiceModule } from '#leadwire/service-kit';
import { Module } from '@nestjs/common';
import { BookOnAppointmentWished } from './bookings/book-on-appointment-wished.consumer.js';
import { BookingEntity } from './bookings/booking.entity.js';
import { BookingsController } from './bookings/bookings.controller.js';
import { ListBookings } from './bookings/list-bookings.js';
import { EndImport } from './imports/end-import.js';
import { GetImport } from './imports/get-import.js';
import { GetImportRejects } from './imports/get-import-rejects.js';
import { ImportClaims } from './imports/import-claims.js';
import { ImportWorker } from './imports/import-worker.js';
import { ImportEntity } from './imports/import.entity.js';
import { ImportsController } from './imports/imports.controller.js';
import { RunImport } from './imports/run-import.js';
import { StartImport } from './imports/start-import.js';
import { StoreChunk } from './imports/store-chunk.js';
import { CreateLead } from './leads/create-lead.js';
import { GetLead } from './leads/get-lead.js';
import { LeadEntity } from './leads/lead.entity.js';
import { LeadsController } from './leads/leads.controller.js';
import { ListLeads } from './leads/list-leads.js';
import { SelectSegment } from './leads/select-segment.js';
import { UpdateLead } from './leads/update-lead.js';
import { LeadsConfig } from './leads.config.js';
import { LeadStageEntity } from './pipeline/lead-stage.entity.js';
import { LeadStatusEntity } from './pipeline/lead-status.entity.js';
import { ListStages } from './pipeline/list-stages.js';
import { ListStatuses } from './pipeline/list-statuses.js';
import { MoveLead } from './pipeline/move-lead.js';
import { PipelineController } from './pipeline/pipeline.controller.js';
import { SeedPipelineOnTenantCreated } from './pipeline/seed-pipeline-on-tenant-created.consumer.js';
import { ScoreOnCallAnalyzed } from './scoring/score-on-call-analyzed.consumer.js';
import { TenantSettingsEntity } from './tenants/tenant-settings.entity.js';
import { ActivityEntity } from './timeline/activity.entity.js';
import { GetTimeline } from './timeline/get-timeline.js';
import { RecordTimeline } from './timeline/record-timeline.consumer.js';
import { TimelineController } from './timeline/timeline.controller.js';

@Module({
  imports: [
    ServiceModule.forService({
      name: 'leads',
      config: LeadsConfig,
      entities: [TenantSettingsEntity, LeadStageEntity, LeadStatusEntity, LeadEntity, ActivityEntity, BookingEntity, ImportEntity],
      operations: leadsOperations,
    }),
  ],
  controllers: [LeadsController, PipelineController, ImportsController, BookingsController, TimelineController],
  providers: [
    CreateLead, GetLead, ListLeads, UpdateLead, SelectSegment,
    MoveLead, ListStages, ListStatuses, SeedPipelineOnTenantCreated,
    StartImport, GetImport, GetImportRejects, ImportClaims, RunImport, StoreChunk, EndImport, ImportWorker,
    ScoreOnCallAnalyzed, BookOnAppointmentWished, ListBookings, RecordTimeline, GetTimeline,
  ],
})
export class LeadsModule {}
