import type { CarrierCallback } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { isTranscriptComplete } from '../analysis/transcript-completeness.js';
import { CallLogEntity } from '../calls/call-log.entity.js';
import { CallProgress } from '../calls/call-progress.js';
import { hasEnded } from '../calls/call-status.js';
import { FinisherSignal } from '../work/worker-signals.js';
import { CallbackLog } from './callback-log.js';
import { readTranscriptionWord, type TranscriptionWord } from './transcription-word.js';
import { textOf, VerifiedCallbacks, type VerifiedCallback } from './verified-callbacks.js';

const ADD_LINE = `
  insert into call_transcripts (call_log_id, sequence, speaker, text, confidence, spoken_at) values ($1, $2, $3, $4, $5, $6)
  on conflict do nothing`;

/** The carrier tells what was said: each line is kept once, in its place, in whatever order they come. */
@Injectable()
export class ReceiveTranscription {
  constructor(
    private readonly database: Database,
    private readonly callbacks: VerifiedCallbacks,
    private readonly log: CallbackLog,
    private readonly progress: CallProgress,
    private readonly finisher: FinisherSignal,
  ) {}

  async execute(call: Call<CarrierCallback>): Promise<void> {
    const callback = this.callbacks.verify(call.input);
    await this.database.forTenantAsService(callback.tenantId, (tx) => this.receive(tx, callback));
  }

  private async receive(tx: TenantTx, callback: VerifiedCallback): Promise<void> {
    const call = await this.progress.locked(tx, callback.callId);
    if (!call) throw Problems.notFound();
    const sequence = Number(textOf(callback.params, 'SequenceId')) || 0;
    if (!(await this.log.keep(tx, call, callback, 'transcription', sequence))) return;
    await this.note(tx, call, sequence, readTranscriptionWord((name) => textOf(callback.params, name)));
    await this.releaseToFinisher(tx, call);
  }

  private async note(tx: TenantTx, call: CallLogEntity, sequence: number, word: TranscriptionWord): Promise<void> {
    if (word.event === 'content') {
      await tx.query(ADD_LINE, [call.id, sequence, word.speaker, word.text, word.confidence, word.at]);
    } else if (word.event === 'started') {
      await tx.manager.update(CallLogEntity, { id: call.id }, { transcriptionStartedAt: word.at });
    } else if (word.event === 'stopped') {
      call.transcriptionEnd = sequence;
      await tx.manager.update(CallLogEntity, { id: call.id }, { transcriptionEnd: sequence });
    }
  }

  // The end of the call may have been told before its last lines: with the last of them the wait is over.
  private async releaseToFinisher(tx: TenantTx, call: CallLogEntity): Promise<void> {
    if (call.finishedAt || !hasEnded(call.status) || !(await isTranscriptComplete(tx, call))) return;
    await tx.manager.update(CallLogEntity, { id: call.id }, { finishAfter: new Date() });
    tx.afterCommit(() => this.finisher.wake());
  }
}
