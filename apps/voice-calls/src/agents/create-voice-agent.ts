import type { CreateVoiceAgent as CreateVoiceAgentInput, VoiceAgentView } from '#leadwire/contracts';
import { newId, Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { faultOfLine } from './opening-line.js';
import { VoiceAgentEntity, voiceAgentView } from './voice-agent.entity.js';

/** Makes a voice agent; refuses an opening line whose Liquid cannot be read. */
@Injectable()
export class CreateVoiceAgent {
  async execute(call: Call<CreateVoiceAgentInput>): Promise<VoiceAgentView> {
    const { name, instructions, openingLine, talkingPoints, language = 'en', maxMinutes = 5 } = call.input;
    const fault = faultOfLine(openingLine);
    if (fault) throw Problems.invalid({ errors: [{ field: 'openingLine', message: fault.slice(0, 300) }] });
    return call.transaction(async (tx) => {
      const agent = tx.manager.create(VoiceAgentEntity, {
        id: newId(),
        tenantId: call.tenantId,
        name, instructions, openingLine, talkingPoints, language, maxMinutes,
        createdAt: new Date(),
      });
      await tx.manager.insert(VoiceAgentEntity, agent);
      return voiceAgentView(agent);
    });
  }
}
