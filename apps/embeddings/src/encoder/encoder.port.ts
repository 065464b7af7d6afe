/**
 * Turns texts into vectors whose cosine says how near they are in meaning.
 *
 * The law of every adapter: the answers stand in the order of the texts, each of unit length, and the same text
 * gives the same vector whatever stands beside it in the call.
 */
export interface Encoder {
  /** Names the space: vectors of two models must never be compared. */
  readonly model: string;
  readonly dimensions: 384;
  /** Rejects with `EncoderOverloaded` when too much waits already, with `EncoderClosed` after `close()`. */
  encode(texts: string[]): Promise<Float32Array[]>;
  /** Finishes what runs, refuses what waits, frees the weights. May be called twice. */
  close(): Promise<void>;
}

export class EncoderOverloaded extends Error {
  readonly code = 'encoder-overloaded';
  constructor(waiting: number, asked: number, limit: number) {
    super(`The encoder has ${waiting} texts waiting and takes ${limit}: ${asked} more do not fit. Try again later.`);
  }
}

export class EncoderClosed extends Error {
  readonly code = 'encoder-closed';
  constructor() {
    super('The encoder is closed.');
  }
}

export class EncoderUnavailable extends Error {
  readonly code = 'encoder-unavailable';
}

/** The model fails on this one text; the encoder is well. Another attempt will hardly help. */
export class TextNotEncodable extends Error {
  readonly code = 'text-not-encodable';
}
