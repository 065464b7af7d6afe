/** The platform's own prices in USD. Inserted before row security is forced: nobody may write these at run time. */
export const startingCatalogue = `
insert into billing_pricing_catalog (id, category, provider, model, unit, unit_price, effective_from)
select ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, category, provider, model, unit, price,
  timestamptz '2024-01-01 00:00:00+00'
from (values
  (1, 'llm', 'openai', 'gpt-4o', 'token_in', 0.0000025),
  (2, 'llm', 'openai', 'gpt-4o', 'token_out', 0.00001),
  (3, 'llm', 'openai', 'gpt-4o-mini', 'token_in', 0.00000015),
  (4, 'llm', 'openai', 'gpt-4o-mini', 'token_out', 0.0000006),
  (5, 'llm', 'google', 'gemini-2.0-flash', 'token_in', 0.0000001),
  (6, 'llm', 'google', 'gemini-2.0-flash', 'token_out', 0.0000004),
  (7, 'llm', 'meta', 'llama-3.1-8b', 'token_in', 0.00000005),
  (8, 'llm', 'meta', 'llama-3.1-8b', 'token_out', 0.00000008),
  (9, 'llm', 'meta', 'llama-3.3-70b', 'token_in', 0.00000059),
  (10, 'llm', 'meta', 'llama-3.3-70b', 'token_out', 0.00000079),
  (11, 'stt', 'deepgram', 'nova-3', 'second', 0.0000717),
  (12, 'stt', 'openai', 'whisper-1', 'second', 0.0001),
  (13, 'tts', 'cartesia', null, 'character', 0.0000392),
  (14, 'tts', 'elevenlabs', 'turbo', 'character', 0.00008334),
  (15, 'tts', 'openai', 'tts-1', 'character', 0.000015),
  (16, 'telephony', 'livekit', 'sip', 'second', 0.000167),
  (17, 'telephony', 'vonage', 'sip', 'second', 0.000233),
  (18, 'telephony', 'twilio', 'voice', 'minute', 0.013),
  (19, 'sms', 'twilio', 'sms', 'message', 0.0075),
  (20, 'enrichment', 'apollo', 'company', 'record', 0.05),
  (21, 'enrichment', 'apollo', 'contact', 'record', 0.02),
  (22, 'vm_infrastructure', 'runpod', null, 'second', 0.0002)
) as price (n, category, provider, model, unit, price);

insert into billing_markups (id, category, markup_percent, effective_from)
select ('01900000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, category, percent,
  timestamptz '2024-01-01 00:00:00+00'
from (values (1, null, 50), (2, 'sms', 30), (3, 'email', 100)) as markup (n, category, percent);
`;
