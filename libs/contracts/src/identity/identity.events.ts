import { defineEvent } from '../declare/event.js';
import { Field } from '../declare/field.js';
import { email, text, uuid } from '../declare/field-types.js';

export class TenantCreated {
  @Field(text({ max: 200 })) name: string;
  @Field(text({ max: 200 })) slug: string;
  @Field(text({ max: 2 })) country: string;
  @Field(text({ max: 60 })) timeZone: string;
}

export class UserRegistered {
  @Field(email()) email: string;
}

export class MembershipAdded {
  @Field(uuid()) userId: string;
  @Field(text({ max: 40 })) role: string;
}

export class SessionEnded {
  @Field(uuid()) userId: string;
  @Field(text({ max: 40 })) reason: string;
}

export const tenantCreated = defineEvent('identity', 'tenant', 'created', { summary: 'A tenant was registered.', payload: TenantCreated });
export const userRegistered = defineEvent('identity', 'user', 'registered', { summary: 'A user was registered.', payload: UserRegistered });
export const membershipAdded = defineEvent('identity', 'membership', 'added', { summary: 'A user became member of a tenant.', payload: MembershipAdded });
export const sessionRevoked = defineEvent('identity', 'session', 'revoked', { summary: 'A session was ended.', payload: SessionEnded });
export const tokenReuseDetected = defineEvent('identity', 'session', 'token-reuse-detected', {
  summary: 'A refresh token was used a second time; its session was revoked.',
  payload: SessionEnded,
});
