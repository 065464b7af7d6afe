import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An authority made for one test, and what it signed: `<name>.pem` and `<name>.key` in a folder. */
export class TestCertificates {
  readonly folder = mkdtempSync(join(tmpdir(), 'leadwire-ca-'));

  constructor() {
    this.openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=test authority',
      '-keyout', this.key('ca'), '-out', this.certificate('ca'));
  }

  /** Signs a certificate for `localhost`. */
  sign(name: string): void {
    const request = join(this.folder, `${name}.csr`);
    const extensions = join(this.folder, 'extensions');
    writeFileSync(extensions, 'subjectAltName=DNS:localhost');
    this.openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`, '-keyout', this.key(name), '-out', request);
    this.openssl('x509', '-req', '-in', request, '-CA', this.certificate('ca'), '-CAkey', this.key('ca'), '-CAcreateserial', '-days', '2',
      '-extfile', extensions, '-out', this.certificate(name));
  }

  certificate(name: string): string {
    return join(this.folder, `${name}.pem`);
  }

  key(name: string): string {
    return join(this.folder, `${name}.key`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { stdio: 'pipe' });
  }
}
