import { isId, SealedReferences } from '#leadwire/kernel';
import { Injectable } from '@nestjs/common';
import { CampaignsConfig } from '../campaigns.config.js';

/** Whose enrolment a link or a Message-ID speaks of. */
export interface EnrolmentReference {
  tenantId: string;
  enrolmentId: string;
}

/** The references that leave in our mails: unsubscribe links and Message-IDs. What comes back is trusted by its seal only. */
@Injectable()
export class ContactReferences {
  private readonly messages: SealedReferences;
  private readonly links: SealedReferences;

  constructor(private readonly config: CampaignsConfig) {
    this.messages = new SealedReferences(config.linkSecret, 'campaigns.message');
    this.links = new SealedReferences(config.linkSecret, 'campaigns.unsubscribe');
  }

  /** The Message-ID of one intent: always the same for the same enrolment, step and attempt. */
  messageId({ tenantId, enrolmentId }: EnrolmentReference, stepOrder: number, attempt: number): string {
    const sealed = this.messages.seal(pack(tenantId), pack(enrolmentId), String(stepOrder), String(attempt));
    return `<${sealed}@${this.config.mailDomain}>`;
  }

  openMessageId(messageId: string): EnrolmentReference | undefined {
    const [, sealed, domain] = /^<([^@<>]+)@([^@<>]+)>$/.exec(messageId) ?? [];
    return sealed && domain?.toLowerCase() === this.config.mailDomain ? unpacked(this.messages.open(sealed)) : undefined;
  }

  unsubscribeUrl({ tenantId, enrolmentId }: EnrolmentReference): string {
    const token = this.links.seal(pack(tenantId), pack(enrolmentId));
    return `${this.config.publicUrl.replace(/\/+$/, '')}/v1/unsubscribe/${token}`;
  }

  openUnsubscribeToken(token: string): EnrolmentReference | undefined {
    return unpacked(this.links.open(token));
  }
}

function pack(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

function unpacked(parts: string[] | undefined): EnrolmentReference | undefined {
  const [tenantId, enrolmentId] = (parts ?? []).slice(0, 2).map(unpack);
  return tenantId && enrolmentId && isId(tenantId) && isId(enrolmentId) ? { tenantId, enrolmentId } : undefined;
}

function unpack(packed: string): string {
  const hex = Buffer.from(packed, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
