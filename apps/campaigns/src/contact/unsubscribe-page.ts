import { ContactProblems, type TextDocument, type UnsubscribeLink } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { ContactReferences } from './contact-references.js';
import { findEnrolledContact } from './enrolled-contact.js';

/** Shows the page behind the link of a mail. It changes nothing: link scanners open every link they see. */
@Injectable()
export class UnsubscribePage {
  constructor(
    private readonly database: Database,
    private readonly references: ContactReferences,
  ) {}

  async execute(call: Call<UnsubscribeLink>): Promise<TextDocument> {
    const reference = this.references.openUnsubscribeToken(call.input.token);
    if (!reference) throw ContactProblems.badLink();
    const { tenantId, enrolmentId } = reference;
    const contact = await this.database.forTenantAsService(tenantId, (tx) => findEnrolledContact(tx, enrolmentId));
    if (!contact) throw ContactProblems.badLink();
    return { contentType: 'text/html; charset=utf-8', body: PAGE };
  }
}

// The form posts to the address of the page itself. The address of the person is not shown: a link may be passed on.
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Unsubscribe</title>
</head>
<body>
<main>
<h1>Unsubscribe</h1>
<p>Press the button and you will get no more messages from this sender.</p>
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button type="submit">Unsubscribe</button>
</form>
</main>
</body>
</html>
`;
