import { backboneOperations } from '../platform/backbone.operations.js';
import * as bookings from './bookings.operations.js';
import * as imports from './imports.operations.js';
import * as events from './leads.events.js';
import * as leads from './leads.operations.js';

export * from './bookings.operations.js';
export * from './imports.operations.js';
export * from './leads.events.js';
export * from './leads.operations.js';

export const leadsOperations = {
  createLead: leads.createLead,
  getLead: leads.getLead,
  listLeads: leads.listLeads,
  updateLead: leads.updateLead,
  moveLead: leads.moveLead,
  listStages: leads.listStages,
  listStatuses: leads.listStatuses,
  getTimeline: leads.getTimeline,
  selectSegment: leads.selectSegment,
  startImport: imports.startImport,
  getImport: imports.getImport,
  getImportRejects: imports.getImportRejects,
  listBookings: bookings.listBookings,
  ...backboneOperations('leads'),
};

export const leadsEvents = [
  events.leadCreated,
  events.leadUpdated,
  events.leadStageChanged,
  events.leadScored,
  events.bookingScheduled,
  events.importCompleted,
];
