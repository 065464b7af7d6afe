import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** PEM files. They are read again at every connection, so that a renewed certificate is taken up. */
export interface BusTls {
  /** Who is trusted to have signed the server's certificate; the system's authorities unless told. */
  readonly caFile?: string;
  /** This process's own certificate, for a server that asks for one; together with its key. */
  readonly certFile?: string;
  readonly keyFile?: string;
}

/**
 * Looks at the files before the first connection, which would only be refused again and again.
 * @throws Error that names the setting and what is wrong with its file
 */
export function checkBusTls({ caFile, certFile, keyFile }: BusTls): void {
  if ((certFile === undefined) !== (keyFile === undefined)) throw new Error('NATS_TLS_CERT and NATS_TLS_KEY go together: set both, or neither');
  if (caFile) read('NATS_TLS_CA', caFile, (pem) => new X509Certificate(pem));
  if (!certFile || !keyFile) return;
  const certificate = read('NATS_TLS_CERT', certFile, (pem) => new X509Certificate(pem));
  const key = read('NATS_TLS_KEY', keyFile, (pem) => createPrivateKey(pem));
  if (!certificate.checkPrivateKey(key)) throw new Error(`NATS_TLS_KEY: ${keyFile} is not the key of the certificate in ${certFile}`);
}

function read<T>(setting: string, file: string, parse: (pem: Buffer) => T): T {
  try {
    return parse(readFileSync(file));
  } catch (error) {
    throw new Error(`${setting}: ${file} cannot be used (${(error as Error).message})`, { cause: error });
  }
}
