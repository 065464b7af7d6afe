import { newId, Problem } from '#leadwire/kernel';
import { until, type ServiceHarness } from '#leadwire/testing';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hooks, probeOperations, startProbe, type Note } from './probe-service.harness.js';
import { flushTraces, startTracing } from './tracing/start-tracing.js';

const spans = new InMemorySpanExporter();

describe('an operation, from the caller to the row and back', () => {
  let probe: ServiceHarness;

  beforeAll(async () => {
    startTracing({ processors: [new SimpleSpanProcessor(spans)] });
    probe = await startProbe();
  });
  afterEach(() => {
    hooks.inTransaction = () => Promise.resolve();
    hooks.slow = () => Promise.resolve();
  });
  afterAll(() => probe.stop());

  const refusal = (work: Promise<unknown>): Promise<Problem> =>
    work.then(() => expect.fail('was not refused'), (error: unknown) => { expect(error).toBeInstanceOf(Problem); return error as Problem; });
  const note = (input: object, key?: string, caller = probe.caller()) => probe.call(probeOperations.note, input as Note, caller, key);
  const notes = async (id: string) => (await probe.rows('select words from notes where id = $1', [id])).length;

  it('names every field that is wrong by its path, and does nothing', async () => {
    const id = newId();
    const problem = await refusal(note({ id, words: 'x'.repeat(21), stars: 'two', author: { name: '', age: 3 }, readers: [{ name: 'a' }, { name: 7 }], more: 1 }));
    expect(problem.code).toBe('request.invalid');
    const fields = problem.details.errors!.map((error) => error.field).sort();
    expect(fields).toEqual(['author.age', 'author.name', 'more', 'readers.1.name', 'stars', 'words']);
    expect(await notes(id)).toBe(0);
  });

  it.each([
    ['not an id', { id: 'x', words: 'a' }, 'id'],
    ['a field left out', { id: newId() }, 'words'],
    ['null for an optional field', { id: newId(), words: 'a', stars: null }, 'stars'],
    ['NUL, which no row can hold', { id: newId(), words: 'a\0b' }, 'words'],
    ['half a surrogate pair', { id: newId(), words: 'a', author: { name: '\ud800' } }, 'author.name'],
    ['a list too long', { id: newId(), words: 'a', readers: Array(4).fill({ name: 'a' }) }, 'readers'],
    ['an object for a list', { id: newId(), words: 'a', readers: { 0: { name: 'a' } } }, 'readers'],
    ['text for an object', { id: newId(), words: 'a', author: 'me' }, 'author'],
    ['a name that every object has', { id: newId(), words: 'a', hasOwnProperty: 1 }, 'hasOwnProperty'],
    ['a prototype', JSON.parse(`{ "id": "${newId()}", "words": "a", "__proto__": { "stars": 1 } }`), '__proto__'],
  ])('refuses %s', async (_, input, field) => {
    const problem = await refusal(note(input));
    expect(problem.code).toBe('request.invalid');
    expect(problem.details.errors!.map((error) => error.field)).toContain(field);
  });

  it('refuses an input full of unknown fields with an answer that still fits one message', async () => {
    const input = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`unknown${i}`, 1]));
    const problem = await refusal(note(input));
    expect(problem.code).toBe('request.invalid');
    expect(problem.details.errors!.length).toBeLessThanOrEqual(50);
  });

  it('refuses what is made to be slow before it is validated: a list of 100,000, nesting without end', async () => {
    const long = await refusal(note({ id: newId(), words: 'a', readers: Array(100_000).fill({}) }));
    expect(long.details.errors!.map((error) => error.field)).toEqual(['readers']);
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`);
    expect((await refusal(note({ id: newId(), words: deep }))).code).toBe('request.invalid');
  });

  it.each([[null], [[]], ['text'], [7]])('refuses an input that is no object: %j', async (input) => {
    expect((await refusal(note(input as never))).code).toBe('request.invalid');
  });

  it('answers the same key and body again without the work, in whatever order the body is written', async () => {
    const caller = probe.caller();
    const id = newId();
    const first = await note({ id, words: 'once', stars: 1 }, 'key-1', caller);
    const second = await note({ stars: 1, words: 'once', id }, 'key-1', caller);
    expect(second).toEqual(first);
    expect(await notes(id)).toBe(1);
  });

  it('lets the second of two at once wait for the first, and answers both the same', async () => {
    const caller = probe.caller();
    const id = newId();
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let runs = 0;
    hooks.inTransaction = () => (++runs, held);
    const both = [note({ id, words: 'twice' }, 'key-2', caller), note({ id, words: 'twice' }, 'key-2', caller)];
    await until('the second waits for the first', async () =>
      (await probe.rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0);
    release();
    const answers = await Promise.all(both);
    expect(answers).toEqual([{ count: 1 }, { count: 1 }]);
    expect(runs).toBe(1);
    expect(await notes(id)).toBe(1);
  });

  it('refuses another body under the same key, and knows keys by tenant', async () => {
    const caller = probe.caller();
    const id = newId();
    await note({ id, words: 'one' }, 'key-3', caller);
    expect((await refusal(note({ id, words: 'other' }, 'key-3', caller))).code).toBe('idempotency.conflict');
    await note({ id, words: 'other' }, 'key-3', probe.caller());
  });

  it('does not keep an answer that holds a secret', async () => {
    const caller = probe.caller();
    const input = { id: newId(), words: 'secret' };
    await probe.call(probeOperations.secretNote, input, caller, 'key-4');
    expect((await refusal(probe.call(probeOperations.secretNote, input, caller, 'key-4'))).code).toBe('idempotency.answer-not-kept');
    expect(await probe.rows(`select answer from idempotency_keys where key = 'key-4'`)).toEqual([{ answer: null }]);
  });

  it('leaves the key free when the transaction failed', async () => {
    const caller = probe.caller();
    const input = { id: newId(), words: 'fails' };
    hooks.inTransaction = () => Promise.reject(new Error('no'));
    expect((await refusal(note(input, 'key-5', caller))).code).toBe('internal');
    hooks.inTransaction = () => Promise.resolve();
    expect(await note(input, 'key-5', caller)).toEqual({ count: 1 });
  });

  it('refuses a key that is too long instead of failing', async () => {
    expect((await refusal(note({ id: newId(), words: 'a' }, 'k'.repeat(300)))).code).toBe('request.invalid');
  });

  it('permits by capability, sign-in, and services only', async () => {
    const weak = probe.caller(newId(), ['leads:read']);
    expect((await refusal(note({ id: newId(), words: 'a' }, undefined, weak))).code).toBe('auth.forbidden');
    expect((await refusal(probe.call(probeOperations.anybody, {}))).code).toBe('auth.unauthenticated');
    expect(await probe.call(probeOperations.anybody, {}, weak)).toEqual({ count: 1 });
    expect((await refusal(probe.call(probeOperations.insideOnly, {}, probe.caller()))).code).toBe('auth.forbidden');
    expect((await refusal(probe.call(probeOperations.insideOnly, {}))).code).toBe('auth.forbidden');
    expect(await probe.callAsService(probeOperations.insideOnly, {}, newId())).toEqual({ count: 1 });
  });

  it('says clearly that an answer is too large, and leaks nothing of an inner error', async () => {
    expect((await refusal(probe.call(probeOperations.large, {}))).code).toBe('answer.too-large');
    const problem = await refusal(probe.call(probeOperations.broken, {}));
    expect(problem.code).toBe('internal');
    expect(JSON.stringify([problem.message, problem.type, problem.details])).not.toContain('hunter2');
  });

  it('follows one request in one trace through operation, outbox, bus and consumer', async () => {
    const input = { id: newId(), words: 'traced' };
    const tracer = trace.getTracer('test');
    const traceId = await tracer.startActiveSpan('the caller', async (span) => {
      await note(input);
      span.end();
      return span.spanContext().traceId;
    });
    const names = await until('the consumer’s span is there', async () => {
      await flushTraces();
      const found = spans.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId).map((span) => span.name);
      return found.includes('consume hear') && found;
    });
    expect(names).toEqual(expect.arrayContaining(['the caller', 'call leads.note', 'rpc leads.note', 'consume hear']));
    const [row] = await probe.rows('select metadata from domain_events where aggregate_id = $1', [input.id]);
    expect(row!.metadata.trace.traceparent).toContain(traceId);
  });
});
