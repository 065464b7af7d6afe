import type { CallRecord } from './call-record.js';

const rfc2822 = (date: Date | null) => (date ? date.toUTCString().replace('GMT', '+0000') : null);

/** The call as Twilio's REST API shows it. */
export function callResource(call: CallRecord, accountSid: string) {
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}`;
  return {
    sid: call.sid,
    account_sid: accountSid,
    parent_call_sid: null,
    phone_number_sid: null,
    date_created: rfc2822(call.dateCreated),
    date_updated: rfc2822(call.dateUpdated),
    to: call.to,
    to_formatted: call.to,
    from: call.from,
    from_formatted: call.from,
    // The REST resource has no "initiated": until it rings a call is queued.
    status: call.status === 'initiated' ? 'queued' : call.status,
    start_time: rfc2822(call.startTime),
    end_time: rfc2822(call.endTime),
    duration: call.duration === null ? null : String(call.duration),
    price: null,
    price_unit: 'USD',
    direction: 'outbound-api',
    answered_by: call.answeredBy,
    annotation: null,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: { events: `${uri}/Events.json`, recordings: `${uri}/Recordings.json` },
  };
}
