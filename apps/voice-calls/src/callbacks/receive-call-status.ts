import type { CarrierCallback } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { CallProgress } from '../calls/call-progress.js';
import { CallbackLog } from './callback-log.js';
import { textOf, VerifiedCallbacks, type VerifiedCallback } from './verified-callbacks.js';

/** The carrier tells how a call stands: kept once, applied if it takes the call forward. */
@Injectable()
export class ReceiveCallStatus {
  constructor(
    private readonly database: Database,
    private readonly callbacks: VerifiedCallbacks,
    private readonly log: CallbackLog,
    private readonly progress: CallProgress,
  ) {}

  async execute(call: Call<CarrierCallback>): Promise<void> {
    const callback = this.callbacks.verify(call.input);
    await this.database.forTenantAsService(callback.tenantId, (tx) => this.receive(tx, callback));
  }

  private async receive(tx: TenantTx, callback: VerifiedCallback): Promise<void> {
    const { params } = callback;
    const call = await this.progress.locked(tx, callback.callId);
    if (!call) throw Problems.notFound();
    if (!(await this.log.keep(tx, call, callback, 'status', wholeNumber(textOf(params, 'SequenceNumber'))))) return;
    const report = {
      status: textOf(params, 'CallStatus') ?? '',
      answeredBy: textOf(params, 'AnsweredBy') ?? null,
      sipResponseCode: textOf(params, 'SipResponseCode') ?? null,
    };
    await this.progress.apply(tx, call, report, wholeNumber(textOf(params, 'CallDuration')));
  }
}

function wholeNumber(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
}
