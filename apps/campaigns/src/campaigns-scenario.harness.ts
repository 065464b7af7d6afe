import { campaignsOperations as operations, type ActivityView, type CampaignStep, type CampaignView, type EnrolmentView, type LeadView } from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import type { CampaignsHarness } from './campaigns.harness.js';

export const MAIL: CampaignStep = { type: 'email_send', config: { templateKey: 'first-touch' } };
export const CALL: CampaignStep = { type: 'voice_agent_call', config: { agentId: newId(), fromNumberId: newId() } };
export const delay = (seconds: number): CampaignStep => ({ type: 'delay', config: { seconds } });

interface KeptMail {
  id: string;
  messageId: string;
  subject: string;
  headers: Record<string, string>;
  envelope: { to: string[] };
}

/** A tenant with a template and one campaign for the leads given. */
export class CampaignScenario {
  private constructor(
    private readonly harness: CampaignsHarness,
    readonly caller: Caller,
    readonly campaignId: string,
  ) {}

  static async create(harness: CampaignsHarness, steps: CampaignStep[], leads: LeadView[], limit?: number): Promise<CampaignScenario> {
    const { service } = harness;
    const caller = service.caller();
    harness.leads.give(caller.tenantId, leads);
    const body = 'Hi {{ firstName }},\nshall we talk about {{ companyName }}?\n{{ unsubscribeUrl }}';
    await service.call(operations.createTemplate, { key: 'first-touch', subject: 'A question for {{ companyName }}', body }, caller);
    const segment = { filter: {}, ...(limit && { limit }) };
    const { id } = await service.call(operations.createCampaign, { name: 'Spring', steps, segment }, caller);
    return new CampaignScenario(harness, caller, id);
  }

  static async start(harness: CampaignsHarness, steps: CampaignStep[], leads: LeadView[], limit?: number): Promise<CampaignScenario> {
    const scenario = await CampaignScenario.create(harness, steps, leads, limit);
    await scenario.move('startCampaign');
    return scenario;
  }

  get tenantId(): string {
    return this.caller.tenantId;
  }

  move(move: 'startCampaign' | 'pauseCampaign' | 'resumeCampaign'): Promise<CampaignView> {
    return this.harness.service.call(operations[move], { campaignId: this.campaignId }, this.caller);
  }

  campaign(): Promise<CampaignView> {
    return this.harness.service.call(operations.getCampaign, { campaignId: this.campaignId }, this.caller);
  }

  async enrolments(): Promise<EnrolmentView[]> {
    return (await this.harness.service.call(operations.listEnrolments, { campaignId: this.campaignId, limit: 200 }, this.caller)).items;
  }

  /** Oldest first. */
  async activities(): Promise<ActivityView[]> {
    const { items } = await this.harness.service.call(operations.listActivities, { campaignId: this.campaignId, limit: 200 }, this.caller);
    return items.reverse();
  }

  /** Waits until the enrolment of a lead is where it is expected. */
  reaches(leadId: string, status: string, stepOrder?: number): Promise<EnrolmentView> {
    return until(`the enrolment is ${status}`, async () =>
      (await this.enrolments()).find((row) => row.leadId === leadId && row.status === status && (stepOrder ?? row.currentStepOrder) === row.currentStepOrder),
    );
  }

  /** Waits until the campaign is completed; looks at its row only, so that looking slows nothing down. */
  async completes(): Promise<CampaignView> {
    const sql = `select 1 from campaigns where id = $1 and status = 'completed'`;
    await until('the campaign is completed', async () => (await this.harness.service.rows(sql, [this.campaignId])).length > 0, 60_000);
    return this.campaign();
  }

  /** The mails that the server has taken for an address. */
  async mailsTo(address: string): Promise<KeptMail[]> {
    const answer = await fetch(`${this.harness.mail.url}/_local/messages?to=${encodeURIComponent(address)}`);
    return ((await answer.json()) as { messages: KeptMail[] }).messages;
  }

  async mailTo(address: string): Promise<KeptMail> {
    return until(`a mail for ${address}`, async () => (await this.mailsTo(address))[0]);
  }
}
