import { voiceCallsOperations } from '#leadwire/contracts';
import { ServiceModule } from '#leadwire/service-kit';
import { Module } from '@nestjs/common';
import { CreateVoiceAgent } from './agents/create-voice-agent.js';
import { ListVoiceAgents } from './agents/list-voice-agents.js';
import { VoiceAgentEntity } from './agents/voice-agent.entity.js';
import { VoiceAgentsController } from './agents/voice-agents.controller.js';
import { CallAnalysisEntity } from './analysis/call-analysis.entity.js';
import { callAnalyserProvider } from './analysis/call-analyser.provider.js';
import { FinishCall } from './analysis/finish-call.js';
import { Finisher } from './analysis/finisher.js';
import { GetTranscript } from './analysis/get-transcript.js';
import { CallbackAddresses } from './callbacks/callback-addresses.js';
import { CallbackLog } from './callbacks/callback-log.js';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { ReceiveCallStatus } from './callbacks/receive-call-status.js';
import { ReceiveTranscription } from './callbacks/receive-transcription.js';
import { VerifiedCallbacks } from './callbacks/verified-callbacks.js';
import { CallLogEntity } from './calls/call-log.entity.js';
import { CallProgress } from './calls/call-progress.js';
import { CallsController } from './calls/calls.controller.js';
import { GetCall } from './calls/get-call.js';
import { ListCalls } from './calls/list-calls.js';
import { PlaceCall } from './calls/place-call.js';
import { QueueCalls } from './calls/queue-calls.js';
import { QueueOnCallRequested } from './calls/queue-on-call-requested.consumer.js';
import { carrierProvider } from './carrier/carrier.provider.js';
import { CheckLiveCalls } from './dialling/check-live-calls.js';
import { ClaimCalls } from './dialling/claim-calls.js';
import { DialCall } from './dialling/dial-call.js';
import { DialIntents } from './dialling/dial-intents.js';
import { DialSweep } from './dialling/dial-sweep.js';
import { Dialler } from './dialling/dialler.js';
import { ReserveCall } from './dialling/reserve-call.js';
import { SettleUnknownDials } from './dialling/settle-unknown-dials.js';
import { AddVoiceNumber } from './numbers/add-voice-number.js';
import { ListVoiceNumbers } from './numbers/list-voice-numbers.js';
import { VoiceNumberEntity } from './numbers/voice-number.entity.js';
import { VoiceNumbersController } from './numbers/voice-numbers.controller.js';
import { VoiceCallsConfig } from './voice-calls.config.js';
import { DiallerSignal, FinisherSignal } from './work/worker-signals.js';

@Module({
  imports: [
    ServiceModule.forService({
      name: 'voice-calls',
      config: VoiceCallsConfig,
      entities: [VoiceAgentEntity, VoiceNumberEntity, CallLogEntity, CallAnalysisEntity],
      operations: voiceCallsOperations,
    }),
  ],
  controllers: [VoiceAgentsController, VoiceNumbersController, CallsController, CallbacksController],
  providers: [
    carrierProvider, callAnalyserProvider, DiallerSignal, FinisherSignal,
    CreateVoiceAgent, ListVoiceAgents, AddVoiceNumber, ListVoiceNumbers,
    PlaceCall, GetCall, ListCalls, GetTranscript, QueueCalls, QueueOnCallRequested, CallProgress,
    ClaimCalls, ReserveCall, DialIntents, DialCall, Dialler, SettleUnknownDials, CheckLiveCalls, DialSweep,
    CallbackAddresses, VerifiedCallbacks, CallbackLog, ReceiveCallStatus, ReceiveTranscription,
    FinishCall, Finisher,
  ],
})
export class VoiceCallsModule {}
