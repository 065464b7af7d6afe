import { integer } from '#leadwire/contracts';
import { Env, ServiceConfig } from '#leadwire/service-kit';

export class EmbeddingsConfig extends ServiceConfig {
  /** Inference threads, one core each; the cores of the machine and at most 2 unless told. */
  @Env('ENCODER_THREADS', integer({ min: 1, max: 32 }), { optional: true }) encoderThreads?: number;
  /** Texts that may wait for the encoder, over all callers; what does not fit is refused with 503. */
  @Env('ENCODER_MAX_WAITING', integer({ min: 1, max: 1_000_000 }), { default: 20_000 }) encoderMaxWaiting: number;
  /** Tenants with fewer leads are searched exactly, the others through the HNSW index; 0 means always the index. */
  @Env('EXACT_SEARCH_BELOW', integer({ min: 0, max: 10_000_000 }), { default: 20_000 }) exactSearchBelow: number;
  /** Candidates that one round of an HNSW scan keeps: more is slower and misses less. */
  @Env('HNSW_EF_SEARCH', integer({ min: 50, max: 1_000 }), { default: 400 }) hnswEfSearch: number;
  /** Rows, of all tenants, that an HNSW scan visits at most before the search is done exactly. */
  @Env('HNSW_MAX_SCAN', integer({ min: 1, max: 10_000_000 }), { default: 100_000 }) hnswMaxScan: number;
}
