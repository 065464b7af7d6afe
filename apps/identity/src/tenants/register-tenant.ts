import { IdentityProblems, membershipAdded, tenantCreated, userRegistered, type Register, type Registered } from '#leadwire/contracts';
import { violatedConstraint, type TenantTx } from '#leadwire/database';
import { newId, serviceCaller } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { hashPassword, isCommonPassword } from '../users/password.js';
import { MembershipEntity } from '../users/membership.entity.js';
import { UserEntity } from '../users/user.entity.js';
import { slugOf } from './slug.js';
import { TenantEntity } from './tenant.entity.js';

/** Makes a tenant, its owner and the membership between them, or nothing. */
@Injectable()
export class RegisterTenant {
  constructor(private readonly outbox: Outbox) {}

  async execute(call: Call<Register>): Promise<Registered> {
    if (isCommonPassword(call.input.password)) throw IdentityProblems.passwordTooCommon();
    const passwordHash = await hashPassword(call.input.password);
    try {
      return await call.transaction((tx) => this.create(tx, call.input, passwordHash));
    } catch (error) {
      throw asProblem(error);
    }
  }

  private async create(tx: TenantTx, input: Register, passwordHash: string): Promise<Registered> {
    const tenantId = newId();
    const userId = newId();
    // The caller has no tenant yet: from here on the transaction is that of the new one.
    await tx.query(`select set_config('leadwire.tenant_id', $1, true)`, [tenantId]);
    await this.insert(tx, tenantId, userId, input, passwordHash);
    await this.tell({ ...tx, tenantId, caller: serviceCaller('identity', tenantId) }, userId, input);
    // The answer is kept under the key of a caller without tenant.
    await tx.query(`select set_config('leadwire.tenant_id', $1, true)`, [tx.tenantId]);
    return { tenantId, userId };
  }

  private async insert(tx: TenantTx, tenantId: string, userId: string, input: Register, passwordHash: string): Promise<void> {
    const { tenantName, email, country = 'US', timeZone = 'UTC', firstName = null, lastName = null } = input;
    await tx.manager.insert(TenantEntity, { id: tenantId, name: tenantName, slug: `${slugOf(tenantName)}-${tenantId.slice(-6)}`, country, timezone: timeZone });
    await tx.manager.insert(UserEntity, { id: userId, email: email.toLowerCase(), passwordHash, firstName, lastName, primaryTenantId: tenantId });
    await tx.manager.insert(MembershipEntity, { id: newId(), tenantId, userId, role: 'owner' });
  }

  private async tell(tx: TenantTx, userId: string, input: Register): Promise<void> {
    const { tenantName, email, country = 'US', timeZone = 'UTC' } = input;
    await this.outbox.add(tx, tenantCreated, tx.tenantId, { name: tenantName, slug: slugOf(tenantName), country, timeZone });
    await this.outbox.add(tx, userRegistered, userId, { email: email.toLowerCase() });
    await this.outbox.add(tx, membershipAdded, userId, { userId, role: 'owner' });
  }
}

function asProblem(error: unknown): unknown {
  const constraint = violatedConstraint(error);
  if (constraint === 'users_email_living') return IdentityProblems.emailTaken();
  if (constraint === 'tenants_name_living') return IdentityProblems.tenantNameTaken();
  return error;
}
