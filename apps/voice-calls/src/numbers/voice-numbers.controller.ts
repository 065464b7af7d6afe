import { voiceCallsOperations as operations, type AddVoiceNumber as AddVoiceNumberInput, type PageQuery } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { AddVoiceNumber } from './add-voice-number.js';
import { ListVoiceNumbers } from './list-voice-numbers.js';

@Controller()
export class VoiceNumbersController {
  constructor(
    private readonly addNumber: AddVoiceNumber,
    private readonly listNumbers: ListVoiceNumbers,
  ) {}

  @Handle(operations.addVoiceNumber)
  add(call: Call<AddVoiceNumberInput>) {
    return this.addNumber.execute(call);
  }

  @Handle(operations.listVoiceNumbers)
  list(call: Call<PageQuery>) {
    return this.listNumbers.execute(call);
  }
}
