/** The header of an event that a fault, not a relay, put on the stream. */
export const COPY = 'Faults-Copy';
