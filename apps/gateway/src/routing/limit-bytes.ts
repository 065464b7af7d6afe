import { Transform } from 'node:stream';
import { tooLarge } from './read-body.js';

/** Lets at most so many bytes through; one more ends the stream with `request.too-large`. */
export function limitBytes(maxBytes: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    },
  });
}
