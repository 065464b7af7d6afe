import type { CarrierFailure } from './carrier.port.js';

const nothingWasSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

interface SdkError {
  status?: number;
  code?: number | string;
  syscall?: string;
  message?: string;
}

/** Sorts whatever the SDK throws. What is not known to be harmless counts as an unknown outcome. */
export function carrierFailureFrom(error: unknown): CarrierFailure {
  const { status, code, syscall, message } = error as SdkError;
  const text = message ?? String(error);
  if (typeof status === 'number')
    return { failed: kindOfStatus(status), code: String(code ?? status), message: text };
  const unsent = nothingWasSent.has(String(code)) || syscall === 'connect' || syscall === 'getaddrinfo';
  return {
    failed: unsent ? 'unavailable' : 'unknown-outcome',
    code: String(code ?? 'UNKNOWN'),
    message: text,
  };
}

// 429 and 503 are refusals at the door; any other 5xx may come after the work was done.
function kindOfStatus(status: number): CarrierFailure['failed'] {
  if (status === 429 || status === 503) return 'unavailable';
  return status >= 400 && status < 500 ? 'rejected' : 'unknown-outcome';
}
