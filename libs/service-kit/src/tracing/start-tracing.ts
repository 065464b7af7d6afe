import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';

let provider: NodeTracerProvider | undefined;

/**
 * Starts tracing for this process, once: W3C context in and out, spans to the OTLP endpoint when one is given. Without
 * one, traces still run through requests, events and log lines; they are just not exported.
 */
export function startTracing(options: { endpoint?: string; processors?: SpanProcessor[] } = {}): void {
  if (provider) return;
  const exporters = options.endpoint
    ? [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, '')}/v1/traces` }))]
    : [];
  provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.namespace': 'leadwire' }),
    spanProcessors: [...exporters, ...(options.processors ?? [])],
  });
  provider.register();
}

/** Sends what spans are left. */
export async function flushTraces(): Promise<void> {
  await provider?.forceFlush().catch(() => undefined);
}
