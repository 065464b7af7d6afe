import { IdentityProblems, type SignIn as SignInInput, type TokenPair } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { verifyPassword } from '../users/password.js';
import { UserEntity } from '../users/user.entity.js';
import { AccessTokens } from './access-tokens.js';
import { issueTokens } from './issue-tokens.js';
import { SessionEntity } from './session.entity.js';

const FAILURES_BEFORE_LOCK = 10;
const COUNT_FAILURE = `
  update users set failed_sign_ins = failed_sign_ins + 1,
    locked_until = case when failed_sign_ins + 1 >= ${FAILURES_BEFORE_LOCK} then now() + interval '5 minutes' else locked_until end
  where id = $1`;
const COUNT_SUCCESS = `update users set failed_sign_ins = 0, locked_until = null, last_login_at = now() where id = $1`;

/** Opens a session by mail and password. A wrong mail and a wrong password get the same answer, in the same time. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
  ) {}

  async execute(call: Call<SignInInput>): Promise<TokenPair> {
    const user = await this.find(call.input.email);
    const fits = await verifyPassword(user?.passwordHash, call.input.password);
    if (user?.lockedUntil && user.lockedUntil > new Date()) throw IdentityProblems.tooManyAttempts();
    if (!user || !fits || !user.isActive) {
      if (user) await this.database.withoutTenant((tx) => tx.query(COUNT_FAILURE, [user.id]));
      throw IdentityProblems.badCredentials();
    }
    return this.open(user);
  }

  private find(email: string): Promise<UserEntity | null> {
    return this.database.withoutTenant((tx) => tx.manager.findOneBy(UserEntity, { email: email.toLowerCase() }));
  }

  private open(user: UserEntity): Promise<TokenPair> {
    return this.database.forTenantAsService(user.primaryTenantId, async (tx) => {
      const session = tx.manager.create(SessionEntity, { id: newId(), tenantId: user.primaryTenantId, userId: user.id });
      await tx.manager.insert(SessionEntity, session);
      await tx.query(COUNT_SUCCESS, [user.id]);
      return issueTokens(tx, this.tokens, session);
    });
  }
}
