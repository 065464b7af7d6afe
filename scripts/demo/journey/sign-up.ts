import { CAPABILITIES, type CreatedApiKey, type Registered, type StageView, type TokenPair } from '#leadwire/contracts';
import { randomBytes } from 'node:crypto';
import type { Journey } from './journey.js';
import { waitFor } from './wait-for.js';

/** Registers a tenant, signs its owner in, makes an API key and goes on with that. */
export async function signUp({ api, report }: Journey): Promise<string> {
  const suffix = randomBytes(4).toString('hex');
  const credentials = { email: `owner-${suffix}@acme-homes.example`, password: `demo ${randomBytes(9).toString('base64url')}` };
  const { tenantId } = await api.post<Registered>('/v1/auth/register', { ...credentials, tenantName: `Acme Homes ${suffix}`, country: 'US', timeZone: 'America/New_York' });
  const pair = await api.post<TokenPair>('/v1/auth/sign-in', credentials);
  const rotated = await api.post<TokenPair>('/v1/auth/refresh', { refreshToken: pair.refreshToken });
  api.credential = rotated.accessToken;
  const key = await api.post<CreatedApiKey>('/v1/api-keys', { name: 'demo', capabilities: [...CAPABILITIES] });
  api.credential = key.key;
  report.credentials = { ...credentials, apiKey: key.key };
  const stages = await waitFor('the stages of the tenant', async () => {
    const found = await api.all<StageView>('/v1/lead-stages');
    return found.length > 0 && found;
  });
  return `tenant ${tenantId}, API key ${key.prefix}…, ${stages.length} stages seeded by its event`;
}
