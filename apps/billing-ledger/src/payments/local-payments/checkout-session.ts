import { randomBytes } from 'node:crypto';
import { textAt, type FormFields } from './bracket-form.js';
import { missing, StripeApiError } from './stripe-error.js';

export const newId = (prefix: 'cs_test' | 'evt' | 'pi' | 'req') =>
  `${prefix}_${randomBytes(12).toString('hex')}`;

export type CheckoutSession = ReturnType<typeof openSession>;

const dayInSeconds = 86_400;
const smallest = 50;
const largest = 99_999_999;

/** A Checkout Session from the form of `POST /v1/checkout/sessions`; throws the StripeApiError of a bad field. */
export function openSession(form: FormFields, publicUrl: string, now = new Date()) {
  const id = newId('cs_test');
  const created = Math.floor(now.getTime() / 1000);
  const amount = totalOf(form);
  return {
    id,
    object: 'checkout.session' as const,
    amount_subtotal: amount,
    amount_total: amount,
    cancel_url: readUrl(form, 'cancel_url', false),
    client_reference_id: textAt(form, 'client_reference_id') ?? null,
    created,
    currency: required(form, 'line_items.0.price_data.currency').toLowerCase(),
    customer: null,
    customer_details: null,
    customer_email: textAt(form, 'customer_email') ?? null,
    expires_at: created + dayInSeconds,
    livemode: false,
    metadata: typeof form.metadata === 'object' ? form.metadata : {},
    mode: readMode(form),
    payment_intent: null as string | null,
    payment_method_types: ['card'],
    payment_status: 'unpaid' as 'unpaid' | 'paid',
    status: 'open' as 'open' | 'complete' | 'expired',
    success_url: readUrl(form, 'success_url', true),
    url: `${publicUrl}/pay/${id}` as string | null,
  };
}

function totalOf(form: FormFields): number {
  const lines = typeof form.line_items === 'object' ? Object.keys(form.line_items) : [];
  if (lines.length === 0) throw missing('line_items');
  const total = lines.reduce((sum, line) => {
    const path = `line_items.${line}`;
    return sum + whole(form, `${path}.price_data.unit_amount`) * whole(form, `${path}.quantity`);
  }, 0);
  if (total < smallest)
    throw new StripeApiError(400, `Amount must be at least ${smallest}.`, { code: 'amount_too_small' });
  if (total > largest)
    throw new StripeApiError(400, `Amount must be no more than ${largest}.`, { code: 'amount_too_large' });
  return total;
}

function whole(form: FormFields, path: string): number {
  const text = required(form, path);
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new StripeApiError(400, `Invalid integer: ${text}`, {
    code: 'parameter_invalid_integer',
    param: bracketed(path),
  });
}

function readMode(form: FormFields): 'payment' {
  const mode = required(form, 'mode');
  if (mode === 'payment') return mode;
  throw new StripeApiError(400, `The local payments process knows mode=payment, not ${mode}.`, {
    param: 'mode',
  });
}

function readUrl(form: FormFields, name: string, needed: boolean): string | null {
  const value = needed ? required(form, name) : textAt(form, name);
  if (value === undefined) return null;
  if (URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new StripeApiError(400, 'Not a valid URL', { code: 'url_invalid', param: name });
}

function required(form: FormFields, path: string): string {
  const value = textAt(form, path);
  if (value) return value;
  throw missing(bracketed(path));
}

const bracketed = (path: string) => path.replace(/\.(\w+)/g, '[$1]');
