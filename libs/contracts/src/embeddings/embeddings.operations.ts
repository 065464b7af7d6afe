import { Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { integer, list, number, object, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { Nothing } from '../declare/shared-shapes.js';

export class SearchLeads {
  @Field(text({ min: 1, max: 500 }), { example: 'families looking for a bigger house near good schools' }) query: string;
  @Field(integer({ min: 1, max: 50 }), { optional: true, default: 10 }) limit?: number;
}

export class SimilarLeads {
  @Field(uuid()) leadId: string;
  @Field(integer({ min: 1, max: 50 }), { optional: true, default: 10 }) limit?: number;
}

export class LeadHit {
  @Field(uuid()) leadId: string;
  @Field(number({ min: -1, max: 1 }), { description: 'Cosine similarity.' }) score: number;
  @Field(text({ max: 400 }), { description: 'What of the lead the vector stands for.' }) excerpt: string;
}

export class LeadHits {
  @Field(list(object(() => LeadHit), { max: 50 })) hits: LeadHit[];
  @Field(timestamp(), { nullable: true, description: 'When the newest change known here was indexed.' }) indexedAt: string | null;
}

export class IndexStatus {
  @Field(integer({ min: 0 })) embedded: number;
  @Field(text({ max: 100 })) model: string;
  @Field(integer({ min: 1 })) dimensions: number;
  @Field(timestamp(), { nullable: true }) indexedAt: string | null;
}

export const searchLeads = defineOperation<SearchLeads, LeadHits>('embeddings', 'search-leads', {
  summary: 'Find leads by meaning, in plain words',
  input: SearchLeads,
  answer: LeadHits,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'POST', path: '/v1/search/leads' },
  cost: 2,
});

export const similarLeads = defineOperation<SimilarLeads, LeadHits>('embeddings', 'similar-leads', {
  summary: 'Leads like this one',
  input: SimilarLeads,
  answer: LeadHits,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/leads/:leadId/similar' },
  problems: [Problems.notFound],
});

export const indexStatus = defineOperation<Nothing, IndexStatus>('embeddings', 'index-status', {
  summary: 'How many leads are embedded, by which model',
  input: Nothing,
  answer: IndexStatus,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/search/status' },
});
