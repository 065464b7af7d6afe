import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';

export type { CountryCode } from 'libphonenumber-js/max';

export interface NormalisedPhone {
  /** `+` and digits, no extension. */
  e164: string;
  extension: string | null;
  country: CountryCode | null;
  /** As it was written, for the eye and for a later correction. */
  raw: string;
}

const LONGEST_WRITTEN = 64;

function parse(text: string, country: CountryCode | undefined): PhoneNumber | null {
  // extract: false, so that prose which happens to hold digits is not taken for a number.
  const phone = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  return phone?.isValid() ? phone : null;
}

/**
 * Reads a number as it is written in `country`; a number with + or 00 says its country itself.
 * Null where no plan of the world holds such a number.
 */
export function normalisePhone(raw: string, country?: CountryCode): NormalisedPhone | null {
  const text = raw
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^\+\+/, '+');
  if (text === '' || text.length > LONGEST_WRITTEN) return null;
  // 00 is dialled in most of the world and is in no plan the start of a national number; libphonenumber knows it
  // only where the default country dials so, a spreadsheet from elsewhere does not care.
  const international = /^\(?00\)?/.test(text) ? text.replace(/^\(?00\)?[\s.-]*/, '+') : null;
  const phone = (international && parse(international, undefined)) || parse(text, country);
  return phone && { e164: phone.number, extension: phone.ext ?? null, country: phone.country ?? null, raw };
}
