import { identityOperations as operations, type Nothing, type Register } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { RegisterTenant } from './register-tenant.js';
import { WhoAmI } from './who-am-i.js';

@Controller()
export class TenantsController {
  constructor(
    private readonly registerTenant: RegisterTenant,
    private readonly who: WhoAmI,
  ) {}

  @Handle(operations.register)
  register(call: Call<Register>) {
    return this.registerTenant.execute(call);
  }

  @Handle(operations.whoAmI)
  whoAmI(call: Call<Nothing>) {
    return this.who.execute(call);
  }
}
