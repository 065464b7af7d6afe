import {
  campaignsOperations as operations,
  type OneClickUnsubscribe,
  type PageQuery,
  type RawRequest,
  type UnsubscribeLink,
} from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { ListSuppressions } from './list-suppressions.js';
import { ReceiveMail } from './receive-mail.js';
import { UnsubscribePage } from './unsubscribe-page.js';
import { Unsubscribe } from './unsubscribe.js';

@Controller()
export class ContactController {
  constructor(
    private readonly oneClick: Unsubscribe,
    private readonly page: UnsubscribePage,
    private readonly inbound: ReceiveMail,
    private readonly suppressions: ListSuppressions,
  ) {}

  @Handle(operations.unsubscribe)
  unsubscribe(call: Call<OneClickUnsubscribe>) {
    return this.oneClick.execute(call);
  }

  @Handle(operations.unsubscribePage)
  unsubscribePage(call: Call<UnsubscribeLink>) {
    return this.page.execute(call);
  }

  @Handle(operations.receiveMail)
  receiveMail(call: Call<RawRequest>) {
    return this.inbound.execute(call);
  }

  @Handle(operations.listSuppressions)
  listSuppressions(call: Call<PageQuery>) {
    return this.suppressions.execute(call);
  }
}
