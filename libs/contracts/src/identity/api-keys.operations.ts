import { Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, list, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';
import { IdentityProblems } from './auth.operations.js';
import { CAPABILITIES } from './capabilities.js';

export class CreateApiKey {
  @Field(text({ min: 1, max: 100 }), { example: 'nightly import' }) name: string;
  @Field(list(choice(CAPABILITIES), { min: 1, max: 50 }), { description: 'What the key may do; at most what its maker may.' })
  capabilities: string[];
  @Field(timestamp(), { optional: true }) expiresAt?: string;
}

export class ApiKeyView {
  @Field(uuid()) id: string;
  @Field(text({ max: 100 })) name: string;
  @Field(text({ max: 40 }), { description: 'The part of the key that may be shown again.' }) prefix: string;
  @Field(list(text({ max: 60 }), { max: 50 })) capabilities: string[];
  @Field(timestamp()) createdAt: string;
  @Field(timestamp(), { nullable: true }) expiresAt: string | null;
  @Field(timestamp(), { nullable: true }) revokedAt: string | null;
}

export class CreatedApiKey extends ApiKeyView {
  @Field(text({ max: 200 }), { description: 'The whole key; shown this once.' }) key: string;
}

export class ApiKeyPage extends pageOf(ApiKeyView) {}

export class ApiKeyId {
  @Field(uuid()) apiKeyId: string;
}

export class PresentedApiKey {
  @Field(text({ min: 1, max: 200 })) key: string;
}

export class VerifiedApiKey {
  @Field(uuid()) tenantId: string;
  @Field(uuid()) apiKeyId: string;
  @Field(list(text({ max: 60 }), { max: 50 })) capabilities: string[];
}

export const createApiKey = defineOperation<CreateApiKey, CreatedApiKey>('identity', 'create-api-key', {
  summary: 'Create an API key',
  input: CreateApiKey,
  answer: CreatedApiKey,
  access: 'api-keys:manage',
  effect: 'write',
  http: { method: 'POST', path: '/v1/api-keys', status: 201 },
  problems: [IdentityProblems.capabilityNotHeld],
  secretAnswer: true,
});

export const listApiKeys = defineOperation<PageQuery, Page<ApiKeyView>>('identity', 'list-api-keys', {
  summary: 'List API keys',
  input: PageQuery,
  answer: ApiKeyPage,
  access: 'api-keys:manage',
  effect: 'read',
  http: { method: 'GET', path: '/v1/api-keys' },
});

export const revokeApiKey = defineOperation<ApiKeyId>('identity', 'revoke-api-key', {
  summary: 'Revoke an API key',
  input: ApiKeyId,
  access: 'api-keys:manage',
  effect: 'write',
  http: { method: 'DELETE', path: '/v1/api-keys/:apiKeyId', status: 204 },
  problems: [Problems.notFound],
});

export const verifyApiKey = defineOperation<PresentedApiKey, VerifiedApiKey>('identity', 'verify-api-key', {
  summary: 'Who a presented API key speaks for',
  input: PresentedApiKey,
  answer: VerifiedApiKey,
  access: 'internal',
  effect: 'read',
  problems: [Problems.unauthenticated],
});
