import { voiceCallsOperations as operations, type CarrierCallback } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { ReceiveCallStatus } from './receive-call-status.js';
import { ReceiveTranscription } from './receive-transcription.js';

@Controller()
export class CallbacksController {
  constructor(
    private readonly receiveStatus: ReceiveCallStatus,
    private readonly receiveTranscription: ReceiveTranscription,
  ) {}

  @Handle(operations.receiveCallStatus)
  status(call: Call<CarrierCallback>) {
    return this.receiveStatus.execute(call);
  }

  @Handle(operations.receiveTranscription)
  transcription(call: Call<CarrierCallback>) {
    return this.receiveTranscription.execute(call);
  }
}
