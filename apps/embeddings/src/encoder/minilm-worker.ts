/**
 * The body of one inference thread. `session.run` of onnxruntime-node computes on the thread that calls it, whatever
 * its promise suggests, so it must not be called where requests are served.
 *
 * Run from source this file is loaded by Node itself, which strips types but maps no `.js` to `.ts`: it may import
 * packages and types, and no neighbour.
 */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ThreadAnswer, ThreadOrder, ThreadSetup } from './minilm-thread.js';

const MAX_TOKENS = 256;
// No more than this can matter: a word longer than 100 characters is one unknown token.
const MAX_CHARACTERS = 32_768;
const SEPARATOR = 102;

const setup = workerData as ThreadSetup;
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as object;
const tokenizer = new Tokenizer(readJson(setup.files.tokenizer), readJson(setup.files.tokenizerConfig));
const session = await InferenceSession.create(setup.files.weights, {
  intraOpNumThreads: setup.intraOpThreads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  // Threads that spin while they wait take the cores from everyone else on the machine.
  extra: { session: { intra_op: { allow_spinning: '0' }, set_denormal_as_zero: '1' } },
});

function tokenise(text: string): number[] {
  const { ids } = tokenizer.encode(text.slice(0, MAX_CHARACTERS));
  return ids.length <= MAX_TOKENS ? ids : [...ids.slice(0, MAX_TOKENS - 1), SEPARATOR];
}

// One text a run: nothing is padded, so the attention mask is all ones and the mean is over every token.
async function infer(ids: number[]): Promise<Float32Array> {
  const shape = [1, ids.length];
  const { last_hidden_state: hidden } = await session.run({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  return hidden!.data as Float32Array;
}

function unitMean(hidden: Float32Array, tokens: number): Float32Array<ArrayBuffer> {
  const dimensions = hidden.length / tokens;
  const vector = new Float32Array(dimensions);
  for (let at = 0; at < hidden.length; at++) vector[at % dimensions]! += hidden[at]!;
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  return vector.map((value) => value / length);
}

async function answer(order: { id: number; text: string }): Promise<void> {
  try {
    const ids = tokenise(order.text);
    const vector = unitMean(await infer(ids), ids.length);
    post({ id: order.id, vector }, [vector.buffer]);
  } catch (error) {
    post({ id: order.id, error: error instanceof Error ? error.message : String(error) });
  }
}

function post(message: ThreadAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transfer);
}

// Orders queue here, one behind the other: a release must not overtake a run.
let last = Promise.resolve();
parentPort!.on('message', (order: ThreadOrder) => {
  last = last.then(async () => {
    if (order !== 'close') return answer(order);
    await session.release();
    parentPort!.close();
  });
});
post('ready');
