import { findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import type { Found } from './call-analyser.port.js';
import type { SpokenLine } from './spoken-line.js';
import { spokenDigits } from './spoken-numbers.js';

/** A valid number in E.164, in digits or said digit by digit. The last one said wins. */
export function phoneIn(lines: SpokenLine[], country = 'US'): Found<string> | undefined {
  const known: CountryCode = isSupportedCountry(country) ? country : 'US';
  const heard = lines.filter((line) => line.byCustomer).toReversed();
  for (const line of heard) {
    const digits = spokenDigits(line.plain.replaceAll(/\bplus (?=\w)/g, '+'));
    if (!/\d[\d ().-]{5,}/.test(digits)) continue;
    const number = findPhoneNumbersInText(digits, known).at(-1)?.number;
    if (number?.isValid()) return { value: number.number, evidence: line.evidence };
  }
  return undefined;
}
