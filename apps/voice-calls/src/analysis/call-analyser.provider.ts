import type { Provider } from '@nestjs/common';
import { OfflineAnalyser } from './analyser/offline-analyser.js';

/** Injects the analyser that reads finished calls. */
export const CALL_ANALYSER = Symbol('voice-calls:call-analyser');

export const callAnalyserProvider: Provider = { provide: CALL_ANALYSER, useFactory: () => new OfflineAnalyser() };
