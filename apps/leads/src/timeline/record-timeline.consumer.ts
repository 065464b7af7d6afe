import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Consumer, type Delivery, type Reaction, type ReceivedEvent } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { activityOfEvent, TIMELINE_EVENTS } from './activity-of-event.js';

// Leads are locked in id order before they are touched, so that two batches cannot lock each other's crosswise.
const LOCK = `select id from leads where id = any($1) order by id for no key update`;
const RECORD = `
  insert into lead_activities (id, lead_id, event_id, type, summary, details, occurred_at)
  select * from json_to_recordset($1)
    as a(id uuid, lead_id uuid, event_id uuid, type text, summary text, details jsonb, occurred_at timestamptz)
  on conflict (tenant_id, event_id) do nothing`;
const TOUCH = `
  update leads set last_activity_at = greatest(last_activity_at, latest)
  from (select lead_id, max(occurred_at) as latest
        from json_to_recordset($1) as a(lead_id uuid, occurred_at timestamptz) group by lead_id) as activity
  where id = lead_id`;

/** Writes down what happened with a lead, whichever service it happened in. */
@Injectable()
@Consumer({ name: 'record-timeline', events: TIMELINE_EVENTS, batch: 100 })
export class RecordTimeline implements Reaction {
  handle(delivery: Delivery): Promise<void> {
    return delivery.transaction((tx, fresh) => this.record(tx, fresh));
  }

  private async record(tx: TenantTx, events: readonly ReceivedEvent[]): Promise<void> {
    const rows = events.flatMap(asRow);
    const known = await tx.query<{ id: string }>(LOCK, [rows.map((row) => row.lead_id)]);
    const ids = new Set(known.map(({ id }) => id));
    const kept = JSON.stringify(rows.filter((row) => ids.has(row.lead_id)));
    await tx.query(RECORD, [kept]);
    await tx.query(TOUCH, [kept]);
  }
}

function asRow(event: ReceivedEvent) {
  const activity = activityOfEvent(event);
  if (!activity) return [];
  const { leadId, summary, details } = activity;
  return [{ id: newId(), lead_id: leadId, event_id: event.id, type: event.type, summary, details, occurred_at: event.occurredAt }];
}
