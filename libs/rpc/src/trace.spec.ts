import { serviceCaller } from '#leadwire/kernel';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, outer, RpcHarness } from './rpc.harness.js';

describe('the trace of a call', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const harness = new RpcHarness();

  beforeAll(() => provider.register());
  afterAll(async () => {
    await harness.stop();
    await provider.shutdown();
    trace.disable();
  });

  it('goes from caller to service and on: each span is the child of the one before', async () => {
    await harness.service('leads', [[ask, async () => ({ count: 1 })]]);
    await harness.service('campaigns', [[outer, (call, rpc) => rpc.call(ask, {}, { caller: serviceCaller('campaigns', call.tenantId) })]]);
    const { rpc } = await harness.client();
    await trace.getTracer('test').startActiveSpan('request', async (span) => {
      await rpc.call(outer, {}, { caller: harness.caller });
      span.end();
    });
    await provider.forceFlush();
    const spans = exporter.getFinishedSpans();
    const path = ['request', 'call campaigns.outer', 'rpc campaigns.outer', 'call leads.ask', 'rpc leads.ask'].map((name) => spans.find((span) => span.name === name)!);
    expect(path.slice(1).map(parentOf)).toEqual(path.slice(0, -1).map((span) => span.spanContext().spanId));
    expect(new Set(path.map((span) => span.spanContext().traceId)).size).toBe(1);
  });
});

function parentOf(span: ReadableSpan): string | undefined {
  return span.parentSpanContext?.spanId;
}
