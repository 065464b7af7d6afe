import { Bus, RequestHeaders } from '#leadwire/bus';
import { until } from '#leadwire/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { headers } from '@nats-io/transport-node';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, stopGateway } from '../gateway.harness.js';

const PATH = '/.well-known/jwks.json';

describe('a client that goes away', () => {
  let app: NestFastifyApplication;
  let bus: Bus;
  const asked: string[] = [];
  const cancelled: string[] = [];
  let answers = false;

  beforeAll(async () => {
    app = await startGateway();
    await app.listen(0, '127.0.0.1');
    bus = app.get(Bus);
    // In the place of identity: does not answer until it is told to.
    bus.connection.subscribe(bus.subject('rpc.identity.jwks'), { callback: (_, message) => {
      asked.push(message.reply!);
      const head = headers();
      head.set(RequestHeaders.outcome, 'ok');
      if (answers) message.respond('{"keys":[]}', { headers: head });
    } });
    bus.connection.subscribe(bus.subject('rpc-cancel.identity'), { callback: (_, message) => void cancelled.push(message.string()) });
    await bus.connection.flush();
  });
  afterAll(() => stopGateway(app));

  const get = (onAnswer: (status: number) => void = () => undefined) => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const client = request({ host: '127.0.0.1', port, path: PATH }, (answer) => answer.resume().on('end', () => onAnswer(answer.statusCode!)));
    client.on('error', () => undefined).end();
    return client;
  };

  it('gives its call up, by the subject the answer was to come on', async () => {
    const client = get();
    await until('the service was asked', () => asked.length === 1);
    client.destroy();
    // Long before the deadline of the call, which would give it up as well.
    expect(await until('the service was told', () => cancelled.length > 0 && cancelled, 3_000)).toEqual([asked[0]]);
  });

  it('after its answer has given nothing up', async () => {
    answers = true;
    const status = await new Promise<number>((answered) => void get(answered));
    expect(status).toBe(200);
    await bus.connection.flush();
    expect([asked.length, cancelled.length]).toEqual([2, 1]);
  });
});
