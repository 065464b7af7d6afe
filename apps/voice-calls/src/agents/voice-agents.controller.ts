import { voiceCallsOperations as operations, type CreateVoiceAgent as CreateVoiceAgentInput, type PageQuery } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { CreateVoiceAgent } from './create-voice-agent.js';
import { ListVoiceAgents } from './list-voice-agents.js';

@Controller()
export class VoiceAgentsController {
  constructor(
    private readonly createAgent: CreateVoiceAgent,
    private readonly listAgents: ListVoiceAgents,
  ) {}

  @Handle(operations.createVoiceAgent)
  create(call: Call<CreateVoiceAgentInput>) {
    return this.createAgent.execute(call);
  }

  @Handle(operations.listVoiceAgents)
  list(call: Call<PageQuery>) {
    return this.listAgents.execute(call);
  }
}
