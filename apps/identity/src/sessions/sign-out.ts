import { sessionRevoked, type RefreshToken } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { REFRESH_PREFIX } from './issue-tokens.js';
import { RefreshTokenEntity } from './refresh-token.entity.js';
import { SessionEntity } from './session.entity.js';
import { claimedTenant, secretHash } from './tenant-secret.js';

/** Ends the session a refresh token belongs to. An unknown token is answered alike: there is nothing left to end. */
@Injectable()
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(call: Call<RefreshToken>): Promise<void> {
    const { refreshToken } = call.input;
    const tenantId = claimedTenant(REFRESH_PREFIX, refreshToken);
    if (tenantId) await this.database.forTenantAsService(tenantId, (tx) => this.end(tx, secretHash(refreshToken)));
  }

  private async end(tx: TenantTx, tokenHash: string): Promise<void> {
    const token = await tx.manager.findOneBy(RefreshTokenEntity, { tokenHash });
    const session = token && (await tx.manager.findOneByOrFail(SessionEntity, { id: token.sessionId }));
    if (!session || session.revokedAt) return;
    await tx.manager.update(SessionEntity, { id: session.id }, { revokedAt: new Date(), revokedReason: 'sign-out' });
    await this.outbox.add(tx, sessionRevoked, session.id, { userId: session.userId, reason: 'sign-out' });
  }
}
