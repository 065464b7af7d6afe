import { Problems } from '#leadwire/kernel';
import { EncoderClosed, EncoderOverloaded, EncoderUnavailable, type Encoder } from './encoder.port.js';

/**
 * Encodes; that the encoder is full, closing or down says nothing about the texts and becomes a 503, which a caller
 * repeats and a consumer waits out without counting it as a failure of the event.
 */
export async function encodeOrRefuse(encoder: Encoder, texts: string[]): Promise<Float32Array[]> {
  try {
    return await encoder.encode(texts);
  } catch (error) {
    const isOutage = [EncoderOverloaded, EncoderClosed, EncoderUnavailable].some((kind) => error instanceof kind);
    throw isOutage ? Problems.unavailable({ detail: 'The encoder takes no more texts at the moment.' }) : error;
  }
}
