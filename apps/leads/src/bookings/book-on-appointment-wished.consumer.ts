import { bookingScheduled, callAnalyzed, type CallAnalyzed } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Consumer, Outbox, type Delivery, type Reaction } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { LeadEntity } from '../leads/lead.entity.js';
import { ensurePipeline } from '../pipeline/ensure-pipeline.js';
import { wishesAppointment } from '../scoring/read-call-analysis.js';

const SOURCE = 'voice_call';

const BOOK = `
  insert into lead_bookings (id, lead_id, call_id, booking_type, booking_source, scheduled_at, timezone, notes)
  values ($1, $2, $3, $4, '${SOURCE}', $5, $6, $7)
  on conflict (tenant_id, call_id) do nothing returning id`;

/** Books what a lead wished for on the phone; the moment stays open where none was agreed. */
@Injectable()
@Consumer({ name: 'book-on-appointment-wished', events: [callAnalyzed] })
export class BookOnAppointmentWished implements Reaction {
  constructor(private readonly outbox: Outbox) {}

  handle(delivery: Delivery): Promise<void> {
    return delivery.each(async (tx, event) => {
      if (event.is(callAnalyzed)) await this.book(tx, event.aggregateId, event.payload);
    });
  }

  private async book(tx: TenantTx, callId: string, payload: CallAnalyzed): Promise<void> {
    const { leadId, appointment, disposition } = payload;
    if (!leadId || !wishesAppointment(payload)) return;
    if (!(await tx.manager.existsBy(LeadEntity, { id: leadId, isDeleted: false }))) return;
    const { timeZone } = (await ensurePipeline(tx)).settings;
    const bookingType = disposition === 'callback_requested' ? 'callback_requested' : 'phone_call';
    const scheduledAt = appointment?.startsAt ?? null;
    // One booking a call: a replayed event, or a second analysis of the call, finds it there.
    const [booked] = await tx.query<{ id: string }>(BOOK, [newId(), leadId, callId, bookingType, scheduledAt, timeZone, appointment?.phrase ?? null]);
    if (booked) await this.outbox.add(tx, bookingScheduled, booked.id, { leadId, bookingType, scheduledAt, timeZone });
  }
}
