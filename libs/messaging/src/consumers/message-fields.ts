import type { JsMsg } from '@nats-io/jetstream';

/** A message's headers by name, the first value of each. */
export type MessageFields = Readonly<Record<string, string | undefined>>;

/** What the client keeps of a message, as far as this file looks. */
interface RawMessage {
  readonly msg?: { readonly _rdata?: unknown; readonly _msg?: { readonly hdr?: unknown } };
}

/**
 * The headers of a message. The client's own reading compares each header with all before it, which is a third of all
 * that a consumer does; so they are read off the bytes, and by the client when it does not keep them where expected.
 */
export function messageFields(message: JsMsg): MessageFields {
  const raw = (message as RawMessage).msg;
  const [bytes, length] = [raw?._rdata, raw?._msg?.hdr];
  if (!(bytes instanceof Uint8Array) || typeof length !== 'number') return decodedFields(message);
  return length > 0 ? parseFields(Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('utf8')) : {};
}

/** As `messageFields`, by the client's own reading. */
export function decodedFields(message: JsMsg): MessageFields {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, values] of message.headers ?? []) fields[name] ??= values[0]!;
  return fields;
}

// `NATS/1.0\r\nname: value\r\n…\r\n\r\n`
function parseFields(text: string): MessageFields {
  const fields: Record<string, string> = Object.create(null);
  for (let from = text.indexOf('\r\n') + 2, to = 0; (to = text.indexOf('\r\n', from)) > from; from = to + 2) {
    const colon = text.indexOf(':', from);
    if (colon < 0 || colon > to) continue;
    fields[text.slice(from, colon)] ??= text.slice(colon + 1, to).trim();
  }
  return fields;
}
