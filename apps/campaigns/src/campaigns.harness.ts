import { leadsOperations, type LeadView, type SelectSegment } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { answerOperation, ServiceHarness } from '#leadwire/testing';
import { campaignsMigrations } from '../migrations/index.js';
import { CampaignsModule } from './campaigns.module.js';
import { startLocalMail, type RunningLocalMail } from './mail/local-mail/mail-server.js';

export const INBOUND_SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

/** The campaigns service with a real mail server beside it, and a responder in the place of leads. */
export interface CampaignsHarness {
  service: ServiceHarness;
  mail: RunningLocalMail;
  leads: LeadsResponder;
  stop(): Promise<void>;
}

/** The campaigns service on a real database, bus and SMTP server, for its tests. */
export async function startCampaigns(environment: Record<string, string> = {}): Promise<CampaignsHarness> {
  const mail = await startLocalMail({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, inbound: null, storeFile: null });
  const service = await ServiceHarness.start({
    name: 'campaigns',
    module: CampaignsModule,
    migrations: campaignsMigrations,
    environment: {
      CAMPAIGNS_PUBLIC_URL: 'https://api.leadwire.example/',
      CAMPAIGNS_LINK_SECRET: 'a secret of the tests of campaigns',
      CAMPAIGNS_SMTP_URL: mail.smtpUrl,
      CAMPAIGNS_MAIL_FROM: 'hello@sender.example',
      CAMPAIGNS_MAIL_DOMAIN: 'mail.leadwire.example',
      CAMPAIGNS_MAIL_INBOUND_DOMAIN: 'in.leadwire.example',
      CAMPAIGNS_MAIL_INBOUND_SECRET: INBOUND_SECRET,
      CAMPAIGNS_MAIL_LOOKUP_URL: mail.url,
      CAMPAIGNS_RUNNER_POLL_MS: '30',
      CAMPAIGNS_RUNNER_LEASE_MS: '10000',
      CAMPAIGNS_RUNNER_GRACE_MS: '300',
      CAMPAIGNS_RUNNER_RETRY_MS: '50',
      ...environment,
    },
  });
  const leads = new LeadsResponder();
  await leads.listen(service);
  const stop = async () => {
    await service.stop();
    await mail.close();
  };
  return { service, mail, leads, stop };
}

/** Answers `leads.select-segment` over the bus as the leads service does: headers, pages and cursors. */
export class LeadsResponder {
  private readonly byTenant = new Map<string, LeadView[]>();
  readonly asked: SelectSegment[] = [];

  async listen({ bus }: ServiceHarness): Promise<void> {
    await answerOperation(bus, leadsOperations.selectSegment, (input, tenantId) => this.answer(input, tenantId));
  }

  /** The leads of a tenant's segment, whatever the filter. */
  give(tenantId: string, leads: LeadView[]): void {
    this.byTenant.set(tenantId, leads);
  }

  private answer(input: SelectSegment, tenantId: string): { items: LeadView[]; nextCursor: string | null } {
    this.asked.push(input);
    const leads = this.byTenant.get(tenantId) ?? [];
    const from = Number(input.cursor ?? 0);
    const to = from + input.limit;
    return { items: leads.slice(from, to), nextCursor: to < leads.length ? String(to) : null };
  }
}

/** A lead with a mail address and a phone number, as the leads service shows it. */
export function lead(fields: Partial<LeadView> = {}): LeadView {
  const id = newId();
  const now = new Date().toISOString();
  return {
    id, firstName: 'Ana', lastName: 'Ruiz', email: `ana-${id}@customer.example`, phone: '+14155550123', companyName: 'Acme',
    title: 'CEO', linkedinUrl: null, industry: 'Software', city: 'Lima', country: 'PE', source: null, notes: null, tags: [],
    stage: 'new', status: 'open', temperature: 'cold', score: 0, priority: null, customFields: {}, stageEnteredAt: now,
    createdAt: now, updatedAt: now, ...fields,
  };
}
