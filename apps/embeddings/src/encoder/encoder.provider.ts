import { Lifecycle } from '#leadwire/service-kit';
import type { FactoryProvider } from '@nestjs/common';
import { EmbeddingsConfig } from '../embeddings.config.js';
import type { Encoder } from './encoder.port.js';
import { MiniLmEncoder } from './minilm-encoder.js';

/** Injects the encoder of this process. */
export const ENCODER = Symbol('embeddings:encoder');

// Providers are made before any onModuleInit, so the encoder is the first part of the lifecycle and the last to stop:
// consumers and requests that are still in hand can finish.
export const encoderProvider: FactoryProvider<Encoder> = {
  provide: ENCODER,
  inject: [EmbeddingsConfig, Lifecycle],
  useFactory: async (config: EmbeddingsConfig, lifecycle: Lifecycle) => {
    const { encoderThreads, encoderMaxWaiting: maxWaiting } = config;
    const encoder = await MiniLmEncoder.load({ maxWaiting, ...(encoderThreads && { threads: encoderThreads }) });
    lifecycle.add({ name: 'encoder', start: () => Promise.resolve(), stop: () => encoder.close() });
    return encoder;
  },
};
