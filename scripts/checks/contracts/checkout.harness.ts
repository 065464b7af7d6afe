import { defineEvent, eventSchema, type DtoClass, type EventSpec } from '#leadwire/contracts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCUMENT_FOLDER, eventFile, type Documents } from './contract-documents.js';
import { readDocuments, writeDocuments } from './document-folder.js';

/** A checkout of its own whose documents can be committed, cloned and looked back at. */
export class Checkout {
  private constructor(readonly top: string) {}

  static withoutGit(): Checkout {
    return new Checkout(mkdtempSync(join(tmpdir(), 'leadwire-checkout-')));
  }

  static make(): Checkout {
    const checkout = Checkout.withoutGit();
    checkout.git('init', '-q', '-b', 'main');
    return checkout;
  }

  /** A clone that holds the last commit only, as CI makes it by default. */
  shallowClone(): Checkout {
    const clone = Checkout.withoutGit();
    clone.git('clone', '-q', '--depth', '1', `file://${this.top}`, '.');
    return clone;
  }

  write(documents: Documents): void {
    writeDocuments(this.folder, documents);
  }

  /** Commits the documents; `at` is what the clock of who commits says. */
  commit(documents: Documents, message: string, at = new Date()): void {
    this.write(documents);
    this.git('add', '-A');
    this.run(['commit', '-q', '--allow-empty', '-m', message], `GIT_COMMITTER_DATE=${at.toISOString()}`);
  }

  documents(): Documents {
    return readDocuments(this.folder);
  }

  git(...args: string[]): void {
    this.run(args);
  }

  remove(): void {
    rmSync(this.top, { recursive: true });
  }

  private run(args: string[], ...variables: string[]): void {
    const command = [...variables, 'git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args];
    execFileSync('env', command, { cwd: this.top, stdio: 'pipe' });
  }

  private get folder(): string {
    return join(this.top, DOCUMENT_FOLDER);
  }
}

/** The documents of a platform with the one event leads.lead.told, of this payload. */
export function telling(payload: DtoClass<any>, spec: Partial<EventSpec<any>> = {}): Documents {
  const event = defineEvent('leads', 'lead', 'told', { summary: 'Told.', payload, ...spec });
  return new Map([[eventFile(event), `${JSON.stringify(eventSchema(event), null, 2)}\n`]]);
}
