import type { CampaignView, LeadFilter, LeadView, Page, TemplateView, VoiceAgentView, VoiceNumberView } from '#leadwire/contracts';
import type { Journey } from './journey.js';

const DELAY_SECONDS = 8;

const BODY = `Hi {{ firstName | default: "there" }},

I saw that {{ companyName }} is looking for help. We do exactly that in {{ city | default: "your area" }}.
Would a short call this week suit you?

Mia, Acme Homes
Not interested? {{ unsubscribeUrl }}
`;

/** Makes the template, the voice agent, its number and the campaign (mail, wait, call), and starts it. */
export async function startCampaign({ api, options }: Journey): Promise<CampaignView> {
  await api.post<TemplateView>('/v1/templates', { key: 'first-touch', subject: 'A question for {{ companyName }}', body: BODY });
  const agent = await api.post<VoiceAgentView>('/v1/voice-agents', {
    name: 'Mia',
    instructions: 'Be friendly and brief. Find out what they need, their budget, and when they would like to meet.',
    openingLine: 'Hello {{ leadName }}, this is Mia from Acme Homes. Did you get my mail?',
    talkingPoints: [
      'We help people like you find the right place without the usual stress. What are you looking for?',
      'Good to know. Do you have a budget in mind?',
      'Would you like to meet one of our advisers?',
    ],
    maxMinutes: 3,
  });
  const number = await api.post<VoiceNumberView>('/v1/voice-numbers', { number: '+14155550100', defaultAgentId: agent.id });
  const campaign = await api.post<CampaignView>('/v1/campaigns', {
    name: 'Spring outreach',
    steps: [
      { type: 'email_send', title: 'First touch', config: { templateKey: 'first-touch' } },
      { type: 'delay', title: 'Let them read', config: { seconds: DELAY_SECONDS } },
      { type: 'voice_agent_call', title: 'Call', config: { agentId: agent.id, fromNumberId: number.id } },
    ],
    segment: { filter: await segmentFilter(api), limit: options.segmentSize },
  });
  return api.post<CampaignView>(`/v1/campaigns/${campaign.id}/start`);
}

// The sample has many leads in real estate; a file of somebody else's may have none.
async function segmentFilter(api: Journey['api']): Promise<LeadFilter> {
  const reachable = { hasEmail: true, hasPhone: true };
  const narrow = await api.get<Page<LeadView>>('/v1/leads?industry=Real%20Estate&hasEmail=true&hasPhone=true&limit=1');
  return narrow.items.length > 0 ? { industry: 'Real Estate', ...reachable } : reachable;
}
