import { defineProblem } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';
import { RawRequest, TextDocument } from '../declare/shared-shapes.js';

export const ContactProblems = {
  badLink: defineProblem('campaigns.bad-link', 404, 'This link is not one that was sent.', 'Use the link as it stands in the mail.'),
  badSignature: defineProblem('campaigns.bad-webhook-signature', 401, 'The signature of the webhook does not fit.', 'Sign with the shared secret, within five minutes.'),
};

export class UnsubscribeLink {
  @Field(text({ min: 1, max: 500 })) token: string;
}

/** RFC 8058: the mail client posts `List-Unsubscribe=One-Click`. */
export class OneClickUnsubscribe extends RawRequest {
  @Field(text({ min: 1, max: 500 })) token: string;
}

export class Unsubscribed {
  @Field(choice(['unsubscribed'])) status: string;
}

export class SuppressionView {
  @Field(uuid()) id: string;
  @Field(text({ max: 320 })) address: string;
  @Field(text({ max: 40 })) reason: string;
  @Field(timestamp()) createdAt: string;
}

export class SuppressionPage extends pageOf(SuppressionView) {}

export const unsubscribe = defineOperation<OneClickUnsubscribe, Unsubscribed>('campaigns', 'unsubscribe', {
  summary: 'One-click unsubscribe (RFC 8058)',
  input: OneClickUnsubscribe,
  answer: Unsubscribed,
  access: 'public',
  effect: 'write',
  http: { method: 'POST', path: '/v1/unsubscribe/:token', body: 'raw', headers: ['content-type'], maxBytes: 4_096 },
  problems: [ContactProblems.badLink],
});

export const unsubscribePage = defineOperation<UnsubscribeLink, TextDocument>('campaigns', 'unsubscribe-page', {
  summary: 'The page behind the unsubscribe link; nothing changes until its button is pressed',
  input: UnsubscribeLink,
  answer: TextDocument,
  access: 'public',
  effect: 'read',
  http: { method: 'GET', path: '/v1/unsubscribe/:token', produces: 'document' },
  problems: [ContactProblems.badLink],
});

export const receiveMail = defineOperation<RawRequest>('campaigns', 'receive-mail', {
  summary: 'Inbound mail, from the mail server (Standard Webhooks signature over the raw message)',
  input: RawRequest,
  access: 'public',
  effect: 'write',
  http: {
    method: 'POST',
    path: '/v1/hooks/mail/inbound',
    status: 204,
    body: 'raw',
    headers: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  },
  problems: [ContactProblems.badSignature],
});

export const listSuppressions = defineOperation<PageQuery, Page<SuppressionView>>('campaigns', 'list-suppressions', {
  summary: 'Who must not be contacted',
  input: PageQuery,
  answer: SuppressionPage,
  access: 'campaigns:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/suppressions' },
});
