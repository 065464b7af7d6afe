import {
  voiceCallsOperations as operations,
  type CallId,
  type ListCalls as ListCallsInput,
  type PlaceCall as PlaceCallInput,
} from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { GetTranscript } from '../analysis/get-transcript.js';
import { GetCall } from './get-call.js';
import { ListCalls } from './list-calls.js';
import { PlaceCall } from './place-call.js';

@Controller()
export class CallsController {
  constructor(
    private readonly placeCall: PlaceCall,
    private readonly getCall: GetCall,
    private readonly listCalls: ListCalls,
    private readonly getTranscript: GetTranscript,
  ) {}

  @Handle(operations.placeCall)
  place(call: Call<PlaceCallInput>) {
    return this.placeCall.execute(call);
  }

  @Handle(operations.getCall)
  get(call: Call<CallId>) {
    return this.getCall.execute(call);
  }

  @Handle(operations.listCalls)
  list(call: Call<ListCallsInput>) {
    return this.listCalls.execute(call);
  }

  @Handle(operations.getTranscript)
  transcript(call: Call<CallId>) {
    return this.getTranscript.execute(call);
  }
}
