/** Unit vectors whose cosine says how near two sentences are in meaning, in the order of the texts. */
export interface SentenceEncoder {
  encode(texts: string[]): Promise<Float32Array[]>;
}
