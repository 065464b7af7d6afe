import { CallProblems, type AddVoiceNumber as AddVoiceNumberInput, type VoiceNumberView } from '#leadwire/contracts';
import { violatedConstraint } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { VoiceAgentEntity } from '../agents/voice-agent.entity.js';
import { VoiceNumberEntity, voiceNumberView } from './voice-number.entity.js';

/** Adds a number that the tenant calls from. */
@Injectable()
export class AddVoiceNumber {
  async execute(call: Call<AddVoiceNumberInput>): Promise<VoiceNumberView> {
    const { number, defaultAgentId = null } = call.input;
    const row: VoiceNumberEntity = {
      id: newId(), tenantId: call.tenantId, number, provider: 'twilio', defaultAgentId, createdAt: new Date(),
    };
    try {
      return await call.transaction(async (tx) => {
        if (defaultAgentId && !(await tx.manager.existsBy(VoiceAgentEntity, { id: defaultAgentId }))) throw CallProblems.unknownAgent();
        await tx.manager.insert(VoiceNumberEntity, row);
        return voiceNumberView(row);
      });
    } catch (error) {
      if (violatedConstraint(error) === 'voice_agent_numbers_number') throw CallProblems.numberTaken();
      throw error;
    }
  }
}
