import type { TokenPair } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { MembershipEntity } from '../users/membership.entity.js';
import { capabilitiesOf } from '../users/role-capabilities.js';
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-tokens.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import type { SessionEntity } from './session.entity.js';
import { newTenantSecret, secretHash } from './tenant-secret.js';

/** How refresh tokens begin. */
export const REFRESH_PREFIX = 'lwr';
const REFRESH_DAYS = 30;

/** A new pair for a session: an access token, and the next refresh token of its family. */
export async function issueTokens(tx: TenantTx, tokens: AccessTokens, session: SessionEntity): Promise<TokenPair> {
  const { tenantId, userId, id: sessionId } = session;
  const membership = await tx.manager.findOneByOrFail(MembershipEntity, { tenantId, userId });
  const refreshToken = newTenantSecret(REFRESH_PREFIX, tenantId);
  await tx.manager.insert(RefreshTokenEntity, {
    tokenHash: secretHash(refreshToken),
    tenantId,
    sessionId,
    expiresAt: new Date(Date.now() + REFRESH_DAYS * 86_400_000),
  });
  const { role } = membership;
  const accessToken = await tokens.sign({ tenantId, userId, sessionId, role, capabilities: capabilitiesOf(role) });
  return { accessToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS, refreshToken };
}
