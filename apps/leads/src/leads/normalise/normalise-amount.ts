export interface NormalisedAmount {
  /** Decimal text with a point, at most two places. */
  amount: string;
  /** ISO 4217, null where none was written. */
  currency: string | null;
}

const SIGNS: Record<string, string> = { $: 'USD', US$: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR' };
const CODES = new Set([
  'USD', 'EUR', 'GBP', 'CAD', 'AUD', 'NZD', 'MXN', 'CLP', 'COP', 'ARS', 'PEN', 'BRL', 'CHF',
  'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'JPY', 'CNY', 'INR', 'AED',
]);
const WRITTEN = /^(?<before>US\$|[$€£¥₹]|[A-Z]{3})?\s*(?<number>\d[\d\s.,'’]*?)\s*(?<scale>K|M|MM)?\s*(?<after>[$€£¥₹]|[A-Z]{3})?$/;
const LONGEST_WHOLE = 13;

/** Which of the two marks stands before the cents: the last one, unless it groups thousands. */
function decimalMark(number: string): string {
  const point = number.lastIndexOf('.');
  const comma = number.lastIndexOf(',');
  const last = point > comma ? '.' : ',';
  const both = point >= 0 && comma >= 0;
  const repeated = number.indexOf(last) !== number.lastIndexOf(last);
  const groupsThousands = /[.,]\d{3}$/.test(number) && !both;
  return repeated || groupsThousands ? '' : last;
}

function toDecimal(number: string, zeros: number): string {
  const mark = decimalMark(number);
  const cut = mark === '' ? -1 : number.lastIndexOf(mark);
  const whole = number.slice(0, cut < 0 ? undefined : cut).replace(/\D/g, '');
  const places = (cut < 0 ? '' : number.slice(cut + 1).replace(/\D/g, '')).padEnd(zeros, '0');
  // Shifting the point in text keeps every digit; floating point would not.
  const shifted = (whole + places.slice(0, zeros)).replace(/^0+(?=\d)/, '') || '0';
  const cents = places.slice(zeros, zeros + 2).replace(/0+$/, '');
  return cents ? `${shifted}.${cents}` : shifted;
}

/** `$1,200`, `€ 250.000,00`, `90k`, `1.5M EUR` → decimal text; null where no amount can be read. */
export function normaliseAmount(raw: string): NormalisedAmount | null {
  const groups = WRITTEN.exec(raw.trim().toUpperCase())?.groups;
  if (!groups) return null;
  const unit = groups['before'] ?? groups['after'];
  const currency = unit === undefined ? null : (SIGNS[unit] ?? (CODES.has(unit) ? unit : undefined));
  const zeros = { K: 3, M: 6, MM: 6 }[groups['scale'] ?? ''] ?? 0;
  const amount = toDecimal(groups['number']!.trim(), zeros);
  return currency === undefined || amount.split('.')[0]!.length > LONGEST_WHOLE ? null : { amount, currency };
}
