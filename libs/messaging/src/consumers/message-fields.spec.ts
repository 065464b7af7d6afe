import { newId } from '#leadwire/kernel';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, stepped } from '../messaging.harness.js';
import { ensureStream, streamOf } from '../streams/event-stream.js';
import { eventSubject } from '../streams/event-subjects.js';
import { decodedFields, messageFields } from './message-fields.js';

describe('the headers of a message', () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterAll(() => harness.stop());

  it('are read off the bytes as the client itself reads them', async () => {
    await ensureStream(harness.bus, 'leads');
    const js = jetstream(harness.bus.connection);
    const subject = harness.bus.subject(eventSubject(stepped.type, 1, 'main', newId()));
    const head = headers();
    for (const [name, value] of [['ce-id', newId()], ['url', 'nats://a:1'], ['empty', ''], ['name', 'Begoña 芳'], ['spaces', '  a b  ']]) head.set(name!, value!);
    head.append('twice', 'first');
    head.append('twice', 'second');
    await js.publish(subject, '{}', { headers: head });
    await js.publish(subject, '{}');
    const consumer = await js.consumers.get(streamOf(harness.bus, 'leads'));
    const messages = [await consumer.next(), await consumer.next()] as JsMsg[];
    for (const message of messages) expect(messageFields(message)).toEqual(decodedFields(message));
    expect(messageFields(messages[0]!)).toMatchObject({ url: 'nats://a:1', name: 'Begoña 芳', spaces: 'a b', twice: 'first' });
    // Not by the client's own reading, which costs several times as much: that it is where it is looked for is known here.
    expect((messages[0] as { msg?: { _rdata?: unknown } }).msg?._rdata).toBeInstanceOf(Uint8Array);
  });
});
