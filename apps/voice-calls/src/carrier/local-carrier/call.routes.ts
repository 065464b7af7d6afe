import type { FastifyInstance } from 'fastify';
import { readCallForm, type Form } from './call-form.js';
import type { CallRecord } from './call-record.js';
import { callResource } from './call-resource.js';
import type { CallFilter } from './call-store.js';
import type { CarrierExchange } from './carrier-exchange.js';
import { notFound, TwilioError } from './twilio-error.js';

type Query = Record<string, string | undefined>;

/** `…/Calls.json` and `…/Calls/{sid}.json`, as in Twilio's REST API. */
export function callRoutes(app: FastifyInstance, exchange: CarrierExchange, accountSid: string): void {
  const show = (call: CallRecord) => callResource(call, accountSid);
  const find = (file: string, path: string) => {
    const call = exchange.calls.get(file.replace(/\.json$/, ''));
    if (!call) throw notFound(path);
    return call;
  };

  app.post<{ Body: Form }>('/Calls.json', async (request, reply) => {
    const call = exchange.place(readCallForm(request.body ?? {}));
    return reply.code(201).send(show(call));
  });

  app.get<{ Querystring: Query }>('/Calls.json', async ({ query, url }) => {
    const found = exchange.calls.find(readFilter(query)).map(show);
    return page(found, query, url);
  });

  app.get<{ Params: { file: string } }>('/Calls/:file', async ({ params, url }) =>
    show(find(params.file, url)),
  );

  app.post<{ Params: { file: string }; Body: Form }>('/Calls/:file', async ({ params, body, url }) => {
    const call = find(params.file, url);
    const status = body?.Status;
    if (status !== 'completed' && status !== 'canceled')
      throw new TwilioError(
        400,
        20001,
        'The local carrier changes a call by Status=completed or Status=canceled only',
      );
    await exchange.hangUp(call, status);
    return show(call);
  });
}

function readFilter(query: Query): CallFilter {
  const { To: to, From: from, Status: status } = query;
  return {
    to,
    from,
    status,
    startedOn: query.StartTime,
    startedSince: query['StartTime>'],
    startedBefore: query['StartTime<'],
  };
}

function page(calls: object[], query: Query, url: string) {
  const size = Math.min(Math.max(Number(query.PageSize ?? 50) || 50, 1), 1000);
  const number = Math.max(Number(query.Page ?? 0) || 0, 0);
  const start = number * size;
  const shown = calls.slice(start, start + size);
  const uriOf = (index: number) => {
    const target = new URL(url, 'http://local');
    target.searchParams.set('Page', String(index));
    target.searchParams.set('PageSize', String(size));
    return target.pathname + target.search;
  };
  return {
    calls: shown,
    page: number,
    page_size: size,
    start,
    end: start + Math.max(shown.length - 1, 0),
    uri: uriOf(number),
    first_page_uri: uriOf(0),
    previous_page_uri: number > 0 ? uriOf(number - 1) : null,
    next_page_uri: start + size < calls.length ? uriOf(number + 1) : null,
  };
}
