import type { CallOrder } from './call-record.js';
import { TwilioError } from './twilio-error.js';
import { readTwiml, type TwimlScript } from './twiml-script.js';

export type Form = Record<string, string | string[] | undefined>;

const e164 = /^\+[1-9]\d{6,14}$/;
const longestTwiml = 4000;

// What Twilio says on the line when it cannot read its instructions.
const unreadable: TwimlScript = {
  steps: [{ say: 'We are sorry, an application error has occurred. Goodbye.' }, { hangup: true }],
  transcription: null,
};

/** Reads the form of `POST …/Calls.json`; throws the TwilioError that the field at fault deserves. */
export function readCallForm(form: Form): CallOrder {
  const one = (name: string) => [form[name] ?? ''].flat()[0]!.trim();
  const to = one('To');
  const from = one('From');
  if (!to) throw new TwilioError(400, 21201, "No 'To' number is specified");
  if (!e164.test(to)) throw new TwilioError(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (!from) throw new TwilioError(400, 21213, "'From' parameter is required");
  if (!e164.test(from)) throw new TwilioError(400, 21212, `Invalid 'From' Phone Number: ${from}`);
  const twiml = one('Twiml');
  if (!twiml) throw new TwilioError(400, 21205, 'Twiml is required: the local carrier fetches no Url');
  if (twiml.length > longestTwiml)
    throw new TwilioError(400, 21205, `Twiml is longer than ${longestTwiml} characters`);
  const timeout = one('Timeout') === '' ? 60 : Number(one('Timeout'));
  if (!(timeout > 0)) throw new TwilioError(400, 20001, 'Timeout must be a number of seconds above 0');
  return {
    to,
    from,
    script: readTwiml(twiml) ?? unreadable,
    statusCallback: readStatusCallback(one('StatusCallback'), [form.StatusCallbackEvent ?? []].flat()),
    timeoutSeconds: Math.min(timeout, 600),
    machineDetection: readMachineDetection(one('MachineDetection')),
  };
}

function readStatusCallback(url: string, events: string[]): CallOrder['statusCallback'] {
  if (!url) return null;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new TwilioError(400, 21609, `Invalid 'StatusCallback' URL: ${url}`);
  const wanted = events.flatMap((event) => event.split(/[\s,]+/)).filter((event) => event !== '');
  return { url, events: new Set(wanted.length > 0 ? wanted : ['completed']) };
}

function readMachineDetection(value: string): CallOrder['machineDetection'] {
  if (value === '' || value === 'Enable' || value === 'DetectMessageEnd') return value === '' ? null : value;
  throw new TwilioError(400, 20001, `MachineDetection is Enable or DetectMessageEnd, not ${value}`);
}
