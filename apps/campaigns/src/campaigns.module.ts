import { campaignsOperations } from '#leadwire/contracts';
import { ServiceModule } from '#leadwire/service-kit';
import { Module } from '@nestjs/common';
import { CampaignsConfig } from './campaigns.config.js';
import { CampaignCloser } from './campaigns/campaign-closer.js';
import { CampaignStepEntity } from './campaigns/campaign-step.entity.js';
import { CampaignEntity } from './campaigns/campaign.entity.js';
import { CampaignsController } from './campaigns/campaigns.controller.js';
import { CreateCampaign } from './campaigns/create-campaign.js';
import { GetCampaign } from './campaigns/get-campaign.js';
import { ListCampaigns } from './campaigns/list-campaigns.js';
import { PauseCampaign } from './campaigns/pause-campaign.js';
import { ResumeCampaign } from './campaigns/resume-campaign.js';
import { StartCampaign } from './campaigns/start-campaign.js';
import { ContactReferences } from './contact/contact-references.js';
import { ContactController } from './contact/contact.controller.js';
import { ListSuppressions } from './contact/list-suppressions.js';
import { ReceiveMail } from './contact/receive-mail.js';
import { SuppressionEntity } from './contact/suppression.entity.js';
import { UnsubscribePage } from './contact/unsubscribe-page.js';
import { Unsubscribe } from './contact/unsubscribe.js';
import { ActivityEntity } from './enrolments/activity.entity.js';
import { EnrolmentEntity } from './enrolments/enrolment.entity.js';
import { EnrolmentsController } from './enrolments/enrolments.controller.js';
import { ListActivities } from './enrolments/list-activities.js';
import { ListEnrolments } from './enrolments/list-enrolments.js';
import { SegmentEnroller } from './enrolments/segment-enroller.js';
import { MAIL_PORTS } from './mail-ports.js';
import { BeginStep } from './runner/begin-step.js';
import { EnrolmentClaims } from './runner/enrolment-claims.js';
import { FinishCallStepOnCallEnded } from './runner/finish-call-step-on-call-ended.consumer.js';
import { RecordMailOutcome } from './runner/record-mail-outcome.js';
import { RecordSentMails } from './runner/record-sent-mails.js';
import { ResolveIntent } from './runner/resolve-intent.js';
import { SendMail } from './runner/send-mail.js';
import { StepRunner } from './runner/step-runner.js';
import { CreateTemplate } from './templates/create-template.js';
import { TemplateEntity } from './templates/template.entity.js';
import { TemplatesController } from './templates/templates.controller.js';

const ENTITIES = [TemplateEntity, CampaignEntity, CampaignStepEntity, EnrolmentEntity, ActivityEntity, SuppressionEntity];

@Module({
  imports: [
    ServiceModule.forService({ name: 'campaigns', config: CampaignsConfig, entities: ENTITIES, operations: campaignsOperations }),
  ],
  controllers: [TemplatesController, CampaignsController, EnrolmentsController, ContactController],
  providers: [
    ...MAIL_PORTS,
    CreateTemplate,
    CreateCampaign, GetCampaign, ListCampaigns, StartCampaign, PauseCampaign, ResumeCampaign, CampaignCloser,
    ListEnrolments, ListActivities, SegmentEnroller,
    ContactReferences, Unsubscribe, UnsubscribePage, ReceiveMail, ListSuppressions,
    EnrolmentClaims, BeginStep, SendMail, ResolveIntent, RecordSentMails, RecordMailOutcome, StepRunner, FinishCallStepOnCallEnded,
  ],
})
export class CampaignsModule {}
