import { choice, integer, text } from '#leadwire/contracts';
import { Env } from './env.decorator.js';

/** Settings of every process of the platform, the gateway included. */
export class CoreConfig {
  /** `nats://host:4222`, or `tls://`, several separated by commas. */
  @Env('NATS_URL', text({ min: 1, max: 2000 })) natsUrl: string;
  /** This process's login on the bus, unless the URL has it. */
  @Env('NATS_USER', text({ max: 200 }), { optional: true }) natsUser?: string;
  @Env('NATS_PASSWORD', text({ max: 200 }), { optional: true }) natsPassword?: string;
  /** PEM files: who signed the servers' certificates; this process's own certificate and key. */
  @Env('NATS_TLS_CA', text({ max: 1000 }), { optional: true }) natsTlsCa?: string;
  @Env('NATS_TLS_CERT', text({ max: 1000 }), { optional: true }) natsTlsCert?: string;
  @Env('NATS_TLS_KEY', text({ max: 1000 }), { optional: true }) natsTlsKey?: string;
  /** Prefix of subjects and streams, when several installations share one NATS. */
  @Env('BUS_NAMESPACE', text({ max: 40, pattern: /^[A-Za-z0-9_-]*$/ }), { default: '' }) busNamespace: string;
  /** Servers of the NATS cluster that keep each stream; the same for every process. */
  @Env('STREAM_REPLICAS', integer({ min: 1, max: 5 }), { default: 1 }) streamReplicas: number;
  /** JWK set: this process's private Ed25519 key and the public keys of all issuers. */
  @Env('CONTEXT_KEYS', text({ min: 2, max: 20_000 })) contextKeys: string;
  /** Health and metrics; at the gateway also the API. 0 takes any free port. */
  @Env('HTTP_PORT', integer({ min: 0, max: 65_535 }), { default: 8080 }) httpPort: number;
  @Env('HTTP_HOST', text({ min: 1, max: 200 }), { default: '0.0.0.0' }) httpHost: string;
  @Env('LOG_LEVEL', choice(['trace', 'debug', 'info', 'warn', 'error', 'silent']), { default: 'info' }) logLevel: string;
  @Env('OTEL_EXPORTER_OTLP_ENDPOINT', text({ max: 2000 }), { optional: true }) otlpEndpoint?: string;
}
