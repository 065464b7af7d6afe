import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { IANAZone } from 'luxon';

const E164 = /^\+[1-9]\d{6,14}$/;

/** Whether a text is a number that can be dialled: E.164, of a length that its country has. */
export function isCallee(text: string): boolean {
  return E164.test(text) && parsePhoneNumberFromString(text)?.isPossible() === true;
}

/** The ISO country of an E.164 number; undefined when several share its prefix and it fits none. */
export function countryOf(number: string): string | undefined {
  return parsePhoneNumberFromString(number)?.country;
}

/** The IANA zone where a number is at home: that of its country when the same time goes for all of it, else the one given. */
export function timeZoneOf(number: string, otherwise: string): string {
  const country = countryOf(number);
  if (!country) return otherwise;
  // In Node since 18, in TypeScript's library not yet.
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones(): string[] | undefined };
  const zones = locale.getTimeZones() ?? [];
  return new Set(zones.map(offsets)).size === 1 ? zones[0]! : otherwise;
}

const WINTER = Date.UTC(2026, 0, 1);
const SUMMER = Date.UTC(2026, 6, 1);

function offsets(zone: string): string {
  const clock = IANAZone.create(zone);
  return `${clock.offset(WINTER)} ${clock.offset(SUMMER)}`;
}
