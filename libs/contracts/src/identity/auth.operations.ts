import { defineProblem } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, email, integer, list, record, text, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { Nothing } from '../declare/shared-shapes.js';

export const IdentityProblems = {
  emailTaken: defineProblem('identity.email-taken', 409, 'This mail address is registered already.', 'Sign in, or reset the password.'),
  tenantNameTaken: defineProblem('identity.tenant-name-taken', 409, 'A tenant of this name exists already.', 'Choose another name.'),
  passwordTooCommon: defineProblem('identity.password-too-common', 400, 'The password is one of the most common ones.', 'Choose another password.'),
  badCredentials: defineProblem('identity.bad-credentials', 401, 'The mail address or the password is wrong.', 'Check both, or reset the password.'),
  badRefreshToken: defineProblem('identity.bad-refresh-token', 401, 'The refresh token is not valid any more.', 'Sign in again.'),
  tooManyAttempts: defineProblem('identity.too-many-attempts', 429, 'Too many failed sign-ins.', 'Wait some minutes and try again.'),
  capabilityNotHeld: defineProblem('identity.capability-not-held', 403, 'A key cannot be given what its maker may not do.', 'Leave the named capability out.'),
};

export class Register {
  @Field(text({ min: 2, max: 200 }), { example: 'Acme Homes' }) tenantName: string;
  @Field(email(), { example: 'owner@acme.example' }) email: string;
  @Field(text({ min: 8, max: 128 }), { example: 'correct horse battery staple' }) password: string;
  @Field(text({ min: 1, max: 100 }), { optional: true }) firstName?: string;
  @Field(text({ min: 1, max: 100 }), { optional: true }) lastName?: string;
  @Field(text({ min: 2, max: 2, pattern: /^[A-Z]{2}$/ }), { optional: true, default: 'US', description: 'ISO 3166 country; phones without a prefix are read as of it.' })
  country?: string;
  @Field(text({ min: 1, max: 60 }), { optional: true, default: 'UTC', description: 'IANA time zone.' }) timeZone?: string;
}

export class Registered {
  @Field(uuid()) tenantId: string;
  @Field(uuid()) userId: string;
}

export class SignIn {
  @Field(email()) email: string;
  @Field(text({ min: 1, max: 128 })) password: string;
}

export class TokenPair {
  @Field(text({ max: 4000 }), { description: 'EdDSA-signed JWT.' }) accessToken: string;
  @Field(choice(['Bearer'])) tokenType: string;
  @Field(integer({ min: 1 }), { description: 'Seconds until the access token expires.' }) expiresIn: number;
  @Field(text({ max: 200 }), { description: 'Good for one refresh; shown once.' }) refreshToken: string;
}

export class RefreshToken {
  @Field(text({ min: 1, max: 200 })) refreshToken: string;
}

export class JsonWebKeySet {
  @Field(list(record(), { max: 20 })) keys: Record<string, unknown>[];
}

export class WhoAmI {
  @Field(uuid()) tenantId: string;
  @Field(text({ max: 200 })) tenantName: string;
  @Field(choice(['user', 'api-key'])) actorKind: string;
  @Field(uuid()) actorId: string;
  @Field(list(text({ max: 60 }), { max: 100 })) capabilities: string[];
}

export const register = defineOperation<Register, Registered>('identity', 'register', {
  summary: 'Register a tenant and its owner',
  input: Register,
  answer: Registered,
  access: 'public',
  effect: 'write',
  http: { method: 'POST', path: '/v1/auth/register', status: 201 },
  problems: [IdentityProblems.emailTaken, IdentityProblems.tenantNameTaken, IdentityProblems.passwordTooCommon],
  cost: 10,
});

export const signIn = defineOperation<SignIn, TokenPair>('identity', 'sign-in', {
  summary: 'Sign in with mail and password',
  input: SignIn,
  answer: TokenPair,
  access: 'public',
  effect: 'write',
  http: { method: 'POST', path: '/v1/auth/sign-in' },
  problems: [IdentityProblems.badCredentials, IdentityProblems.tooManyAttempts],
  secretAnswer: true,
  cost: 10,
});

export const refresh = defineOperation<RefreshToken, TokenPair>('identity', 'refresh', {
  summary: 'Rotate the refresh token for a new pair',
  description: 'Each refresh token is good once. One used again outside a grace of 30 seconds revokes the whole session.',
  input: RefreshToken,
  answer: TokenPair,
  access: 'public',
  effect: 'write',
  http: { method: 'POST', path: '/v1/auth/refresh' },
  problems: [IdentityProblems.badRefreshToken],
  secretAnswer: true,
});

export const signOut = defineOperation<RefreshToken>('identity', 'sign-out', {
  summary: 'End the session of a refresh token',
  input: RefreshToken,
  access: 'public',
  effect: 'write',
  http: { method: 'POST', path: '/v1/auth/sign-out', status: 204 },
});

export const jwks = defineOperation<Nothing, JsonWebKeySet>('identity', 'jwks', {
  summary: 'Public keys of access tokens',
  input: Nothing,
  answer: JsonWebKeySet,
  access: 'public',
  effect: 'read',
  http: { method: 'GET', path: '/.well-known/jwks.json' },
});

export const whoAmI = defineOperation<Nothing, WhoAmI>('identity', 'who-am-i', {
  summary: 'Who calls, for which tenant, and what they may do',
  input: Nothing,
  answer: WhoAmI,
  access: 'signed-in',
  effect: 'read',
  http: { method: 'GET', path: '/v1/me' },
});
