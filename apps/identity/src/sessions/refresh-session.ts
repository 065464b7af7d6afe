import { IdentityProblems, sessionRevoked, tokenReuseDetected, type RefreshToken, type TokenPair } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { AccessTokens } from './access-tokens.js';
import { issueTokens, REFRESH_PREFIX } from './issue-tokens.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { SessionEntity } from './session.entity.js';
import { claimedTenant, secretHash } from './tenant-secret.js';

// A client that lost the answer may ask again this long; later a second use means that the token was stolen.
const GRACE_MS = 30_000;

/** Rotates a refresh token; one that comes back too late takes its whole family with it. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly tokens: AccessTokens,
  ) {}

  async execute(call: Call<RefreshToken>): Promise<TokenPair> {
    const { refreshToken } = call.input;
    const tenantId = claimedTenant(REFRESH_PREFIX, refreshToken);
    if (!tenantId) throw IdentityProblems.badRefreshToken();
    const pair = await this.database.forTenantAsService(tenantId, (tx) => this.rotate(tx, secretHash(refreshToken)));
    if (!pair) throw IdentityProblems.badRefreshToken();
    return pair;
  }

  // Answers undefined instead of throwing: a revocation has to commit.
  private async rotate(tx: TenantTx, tokenHash: string): Promise<TokenPair | undefined> {
    const token = await tx.manager.findOne(RefreshTokenEntity, { where: { tokenHash }, lock: { mode: 'pessimistic_write' } });
    if (!token || token.expiresAt < new Date()) return undefined;
    const session = await tx.manager.findOneByOrFail(SessionEntity, { id: token.sessionId });
    if (session.revokedAt) return undefined;
    if (token.usedAt && Date.now() - token.usedAt.getTime() > GRACE_MS) return this.revokeFamily(tx, session);
    if (!token.usedAt) await tx.manager.update(RefreshTokenEntity, { tokenHash }, { usedAt: new Date() });
    return issueTokens(tx, this.tokens, session);
  }

  private async revokeFamily(tx: TenantTx, session: SessionEntity): Promise<undefined> {
    const reason = 'token-reuse';
    await tx.manager.update(SessionEntity, { id: session.id }, { revokedAt: new Date(), revokedReason: reason });
    const fact = { userId: session.userId, reason };
    await this.outbox.add(tx, tokenReuseDetected, session.id, fact);
    await this.outbox.add(tx, sessionRevoked, session.id, fact);
    return undefined;
  }
}
