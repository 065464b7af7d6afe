import { busNames, durableNames, eventStream, replayName, type BusNames } from './bus-names.js';
import { callersOf, type DurableNeed, type Needs, type ServiceNeeds } from './service-needs.js';

/** What a login may publish and hear; everything else is refused. */
export interface Login {
  readonly process: string;
  readonly user: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

const API = '$JS.API';

/** The login of every process, from what it needs. */
export function loginsOf(needs: Needs, namespace = ''): Login[] {
  const names = busNames(namespace);
  return Object.entries(needs).map(([process, need]) => ({
    process,
    user: names.login(process),
    publish: once([
      `${API}.INFO`,
      ...callSubjects(names, need),
      ...(need.service ? [...answerSubjects(names, needs, process), ...relaySubjects(names, process)] : []),
      ...sourceSubjects(names, need),
      ...need.reads.flatMap((read) => durableSubjects(names, process, read)),
      ...replaySubjects(names, process, need),
      ...uploadSubjects(names, need),
    ]),
    subscribe: [
      `${inboxOf(names, process)}.>`,
      ...(need.service ? [names.subject(`rpc.${process}.>`), names.subject(`rpc-cancel.${process}`), names.subject(`wake.${process}`)] : []),
    ],
  }));
}

// What is allowed for two reasons is listed for one.
const once = (subjects: string[]) => [...new Set(subjects)];

// As Bus prefixes the inboxes of a login: an answer can be heard by who asked, and by nobody else.
function inboxOf(names: BusNames, process: string): string {
  return `_INBOX_${names.login(process)}`;
}

function callSubjects(names: BusNames, { calls }: ServiceNeeds): string[] {
  const targets = new Set(calls.map((operation) => operation.slice(0, operation.indexOf('.'))));
  return [...calls.map((operation) => names.subject(`rpc.${operation}`)), ...[...targets].map((target) => names.subject(`rpc-cancel.${target}`))];
}

// Named inboxes, and not the server's `allow_responses`: with that a caller could have its answer published anywhere,
// another service's stream included, by naming it as the subject for the answer.
function answerSubjects(names: BusNames, needs: Needs, process: string): string[] {
  return callersOf(needs, process).map((caller) => `${inboxOf(names, caller)}.>`);
}

function relaySubjects(names: BusNames, process: string): string[] {
  const stream = eventStream(names, process);
  return [
    names.subject(`ev.${process}.>`),
    names.subject(`wake.${process}`),
    `${API}.STREAM.CREATE.${stream}`,
    `${API}.STREAM.INFO.${stream}`,
    `${API}.STREAM.MSG.GET.${stream}`,
  ];
}

// Whoever starts first makes the stream; it cannot be changed or deleted by these. One message is read to tell its age.
function sourceSubjects(names: BusNames, { reads }: ServiceNeeds): string[] {
  const streams = new Set(reads.map(({ source }) => eventStream(names, source)));
  return [...streams].flatMap((stream) => [`${API}.STREAM.CREATE.${stream}`, `${API}.STREAM.INFO.${stream}`, `${API}.STREAM.MSG.GET.${stream}`]);
}

// Only the create that names its filter: the server holds the request against it. The older one, and those without a
// name, could read the whole stream.
function durableSubjects(names: BusNames, process: string, read: DurableNeed): string[] {
  const stream = eventStream(names, read.source);
  return durableNames(names, process, read).flatMap((durable) => [
    `${API}.CONSUMER.CREATE.${stream}.${durable}.${names.subject(`ev.${read.source}.${read.aggregate}.>`)}`,
    `${API}.CONSUMER.INFO.${stream}.${durable}`,
    `${API}.CONSUMER.DELETE.${stream}.${durable}`,
    `${API}.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
    // With the domain and the account in it, as newer servers may name it.
    `$JS.ACK.*.*.${stream}.${durable}.>`,
  ]);
}

// Over all of a source's aggregates at once, in the order of its stream.
function replaySubjects(names: BusNames, process: string, { reads }: ServiceNeeds): string[] {
  const replays = new Map(reads.map((read) => [replayName(names, process, read), read.source]));
  return [...replays].flatMap(([name, source]) => {
    const stream = eventStream(names, source);
    return [
      `${API}.CONSUMER.CREATE.${stream}.${name}.${names.subject(`ev.${source}.>`)}`,
      ...['INFO', 'DELETE', 'MSG.NEXT'].map((api) => `${API}.CONSUMER.${api}.${stream}.${name}`),
    ];
  });
}

function uploadSubjects(names: BusNames, { uploads }: ServiceNeeds): string[] {
  if (!uploads) return [];
  const bucket = names.stream('uploads');
  const stream = `OBJ_${bucket}`;
  return [
    ...['STREAM.CREATE', 'STREAM.INFO', 'STREAM.MSG.GET', 'STREAM.PURGE'].map((api) => `${API}.${api}.${stream}`),
    // Who reads an upload also marks it as deleted.
    `$O.${bucket}.M.>`,
    ...(uploads === 'stores' ? [`$O.${bucket}.C.>`] : []),
  ];
}
