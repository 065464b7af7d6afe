import { jetstreamManager, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Bus } from './bus.js';

/** The one bucket for request bodies on their way to a service. */
export const UPLOADS = 'uploads';

// Whoever takes an upload over deletes it when done; what nobody took goes by itself.
const TTL_MS = 24 * 3600 * 1000;
const READ_ATTEMPTS = 3;

/** Where a file lies in the object store, as an operation's input carries it. */
export interface StoredUpload {
  bucket: string;
  name: string;
  bytes: number;
  fileName?: string;
}

/** What is known of a file when it is stored. */
export interface UploadMeta {
  /** The tenant whose request it is: the first part of the name, see `uploadBelongsTo`. */
  tenantId: string;
  /** Names the upload within the tenant, so that a repeated request finds its own file again; random unless told. */
  key?: string;
  /** As the client calls it; for display only. */
  fileName?: string;
}

/** The reference leads to no file: it was deleted, has expired, or was never stored. */
export class UploadMissing extends Error {
  override readonly name = 'UploadMissing';
}

/** The object store did not give the file out: an outage, nothing wrong with the file. */
export class UploadUnreadable extends Error {
  override readonly name = 'UploadUnreadable';
}

/** Another file lies under this name; a stored file is never replaced, somebody may be reading it. */
export class UploadDiffers extends Error {
  override readonly name = 'UploadDiffers';
}

/**
 * Streams a file into the object store, in constant memory, and answers its reference (`bytes` as counted).
 * Nothing is left of it when the source fails. With a key that is taken: the same bytes answer the same reference.
 * @throws UploadDiffers for other bytes under a taken key; whatever the source fails with
 */
export async function putUpload(bus: Bus, source: Readable, meta: UploadMeta): Promise<StoredUpload> {
  const { tenantId, key = randomUUID(), fileName } = meta;
  const name = `${tenantId}/${key}`;
  const store = await openStore(bus);
  const before = await living(store, name);
  if (before && (await digestOf(source)) !== before.digest) throw new UploadDiffers('another file has this key');
  const stored = before ?? (await store.put({ name }, Readable.toWeb(source) as ReadableStream<Uint8Array>));
  return { bucket: UPLOADS, name, bytes: stored.size, ...(fileName && { fileName: fileName.slice(0, 200) }) };
}

/** Whether an upload was stored for a tenant; a service checks it before it reads. */
export function uploadBelongsTo(upload: StoredUpload, tenantId: string): boolean {
  return upload.bucket === UPLOADS && upload.name.startsWith(`${tenantId}/`);
}

/**
 * Opens a stored file from its beginning. It is fetched piece by piece as it is read, so a slow reader holds one piece.
 * @throws UploadMissing; the stream fails with UploadUnreadable when the bus does, or when a piece is gone
 */
export async function openUpload(bus: Bus, upload: StoredUpload): Promise<Readable> {
  const store = await openStore(bus).catch(asUnreadable);
  const info = await living(store, upload.name).catch(asUnreadable);
  if (!info) throw new UploadMissing('the uploaded file is not there any more');
  return Readable.from(pieces(bus, info), { objectMode: false });
}

/** Deletes a stored file; one that is gone already is no error. */
export async function deleteUpload(bus: Bus, upload: StoredUpload): Promise<void> {
  const store = await openStore(bus);
  if (await living(store, upload.name)) await store.delete(upload.name);
}

function openStore(bus: Bus): Promise<ObjectStore> {
  return new Objm(bus.connection).create(bus.streamName(UPLOADS), {
    storage: StorageType.File,
    ttl: nanos(TTL_MS),
    replicas: bus.replicas,
  });
}

async function living(store: ObjectStore, name: string): Promise<ObjectInfo | undefined> {
  const info = await store.info(name);
  return info && !info.deleted ? info : undefined;
}

async function digestOf(source: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source) hash.update(chunk as Buffer);
  // The store writes base64url with padding.
  const padded = hash.digest('base64').replaceAll('+', '-').replaceAll('/', '_');
  return `SHA-256=${padded}`;
}

// The store's own `get` pushes the whole object into memory when the reader is slow; this asks for the next piece only.
async function* pieces(bus: Bus, info: ObjectInfo): AsyncGenerator<Buffer> {
  const stream = `OBJ_${info.bucket}`;
  const subject = `$O.${info.bucket}.C.${info.nuid}`;
  const jsm = await jetstreamManager(bus.connection).catch(asUnreadable);
  let seq = 0;
  for (let piece = 0; piece < info.chunks; piece++) {
    const message = await attempt(() => jsm.streams.getMessage(stream, nextOf(subject, seq + 1)));
    if (!message) throw new UploadUnreadable(`piece ${piece + 1} of ${info.chunks} is gone`);
    seq = message.seq;
    yield Buffer.from(message.data);
  }
}

// Asked of the stream's API and not of its direct one: that sends a message on as it was stored, headers and all, to
// whatever subject is named for the answer, so that whoever may ask it could have it forge. The client's type lacks it.
function nextOf(subject: string, seq: number): { seq: number } {
  return { seq, next_by_subj: subject } as { seq: number };
}

async function attempt<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      if (tries === READ_ATTEMPTS) asUnreadable(error);
    }
  }
}

function asUnreadable(error: unknown): never {
  throw new UploadUnreadable('the object store does not answer', { cause: error });
}
