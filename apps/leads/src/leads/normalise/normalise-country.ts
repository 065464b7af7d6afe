import { getCountries, type CountryCode } from 'libphonenumber-js/max';

const OTHER_NAMES: Record<string, CountryCode> = {
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  'estados unidos de america': 'US',
  'ee uu': 'US',
  eeuu: 'US',
  uk: 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  inglaterra: 'GB',
  'gran bretana': 'GB',
  holland: 'NL',
  uae: 'AE',
  'south korea': 'KR',
  'czech republic': 'CZ',
  turkey: 'TR',
};

function spelled(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function namesOfCountries(): Map<string, CountryCode> {
  const names = new Map<string, CountryCode>(Object.entries(OTHER_NAMES));
  for (const language of ['en', 'es']) {
    const display = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of getCountries()) names.set(spelled(display.of(code) ?? code), code);
  }
  for (const code of getCountries()) names.set(code.toLowerCase(), code);
  return names;
}

const countries = namesOfCountries();

/** ISO 3166 alpha-2 for a code or an English or Spanish name; null where it is none. */
export function normaliseCountry(raw: string): CountryCode | null {
  const name = spelled(raw);
  return countries.get(name) ?? countries.get(name.replaceAll(' ', '')) ?? null;
}
