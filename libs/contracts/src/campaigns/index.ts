import { backboneOperations } from '../platform/backbone.operations.js';
import * as events from './campaigns.events.js';
import * as campaigns from './campaigns.operations.js';
import * as contact from './contact.operations.js';

export * from './campaigns.events.js';
export * from './campaigns.operations.js';
export * from './contact.operations.js';

export const campaignsOperations = {
  createTemplate: campaigns.createTemplate,
  createCampaign: campaigns.createCampaign,
  getCampaign: campaigns.getCampaign,
  listCampaigns: campaigns.listCampaigns,
  startCampaign: campaigns.startCampaign,
  pauseCampaign: campaigns.pauseCampaign,
  resumeCampaign: campaigns.resumeCampaign,
  listEnrolments: campaigns.listEnrolments,
  listActivities: campaigns.listActivities,
  unsubscribe: contact.unsubscribe,
  unsubscribePage: contact.unsubscribePage,
  receiveMail: contact.receiveMail,
  listSuppressions: contact.listSuppressions,
  ...backboneOperations('campaigns'),
};

export const campaignsEvents = [
  events.campaignStarted,
  events.campaignPaused,
  events.campaignCompleted,
  events.leadEnrolled,
  events.enrolmentCompleted,
  events.enrolmentStopped,
  events.stepExecuted,
  events.stepSkipped,
  events.stepFailed,
  events.messageSent,
  events.messageReplied,
  events.callRequested,
  events.contactSuppressed,
];
