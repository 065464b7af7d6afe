import { isId, SealedReferences } from '#leadwire/kernel';
import { Injectable } from '@nestjs/common';
import { VoiceCallsConfig } from '../voice-calls.config.js';

/** Which call a callback is about. */
export interface CallReference {
  tenantId: string;
  callId: string;
}

/** The addresses that the carrier calls back; their sealed part says whose call it is. */
@Injectable()
export class CallbackAddresses {
  private readonly seals: SealedReferences;

  constructor(private readonly config: VoiceCallsConfig) {
    this.seals = new SealedReferences(config.linkSecret, 'carrier-callback');
  }

  addressOf(reference: CallReference, kind: 'status' | 'transcription'): string {
    const token = this.seals.seal(reference.tenantId, reference.callId);
    return `${this.config.publicUrl.replace(/\/$/, '')}/v1/hooks/carrier/${token}/${kind}`;
  }

  /** The call that a token names; undefined for one that was not sealed here. */
  open(token: string): CallReference | undefined {
    const [tenantId, callId] = this.seals.open(token) ?? [];
    return tenantId && callId && isId(tenantId) && isId(callId) ? { tenantId, callId } : undefined;
  }
}
