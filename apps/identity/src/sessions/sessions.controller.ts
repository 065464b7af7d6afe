import { identityOperations as operations, type Nothing, type RefreshToken, type SignIn as SignInInput } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { AccessTokens } from './access-tokens.js';
import { RefreshSession } from './refresh-session.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';

@Controller()
export class SessionsController {
  constructor(
    private readonly signInWithPassword: SignIn,
    private readonly refreshSession: RefreshSession,
    private readonly endSession: SignOut,
    private readonly tokens: AccessTokens,
  ) {}

  @Handle(operations.signIn)
  signIn(call: Call<SignInInput>) {
    return this.signInWithPassword.execute(call);
  }

  @Handle(operations.refresh)
  refresh(call: Call<RefreshToken>) {
    return this.refreshSession.execute(call);
  }

  @Handle(operations.signOut)
  signOut(call: Call<RefreshToken>) {
    return this.endSession.execute(call);
  }

  @Handle(operations.jwks)
  async jwks(_: Call<Nothing>) {
    return this.tokens.publicKeys();
  }
}
