import type { CheckoutView, LedgerTransactionView, WalletView } from '#leadwire/contracts';
import type { Journey } from './journey.js';
import { waitFor } from './wait-for.js';

const AMOUNT = '50.00';

/** Pays 50.00 USD at the local payment provider; then a forged and a repeated webhook, which must change nothing. */
export async function fundWallet(journey: Journey): Promise<string> {
  const { api, payments } = journey;
  const checkout = await api.post<CheckoutView>('/v1/checkouts', { amount: AMOUNT, currency: 'USD' });
  await pay(checkout.url);
  await waitFor('the payment', async () => (await api.get<CheckoutView>(`/v1/checkouts/${checkout.id}`)).status === 'paid');
  const before = await books(journey);
  const forged = await forge(journey);
  if (forged !== 401) throw new Error(`a forged webhook was answered ${forged}`);
  await redeliver(payments.url);
  const after = await books(journey);
  if (after !== before) throw new Error(`a forged or repeated webhook changed the books: ${before} became ${after}`);
  const wallet = await api.get<WalletView>('/v1/wallet');
  return `wallet holds ${wallet.currentBalance} ${wallet.currency}; a forged and a repeated webhook changed nothing`;
}

async function pay(url: string): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ card_number: '4242424242424242' }),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`the payment page answered ${answer.status}`);
}

async function forge({ api }: Journey): Promise<number> {
  const body = JSON.stringify({ id: 'evt_forged', object: 'event', type: 'checkout.session.completed', data: { object: { amount_total: 1_000_000 } } });
  const answer = await fetch(`${api.url}/v1/hooks/payments`, {
    method: 'POST',
    headers: { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`, 'content-type': 'application/json' },
    body,
  });
  return answer.status;
}

async function redeliver(paymentsUrl: string): Promise<void> {
  const { events } = (await (await fetch(`${paymentsUrl}/_local/events`)).json()) as { events: { event: { id: string } }[] };
  const answer = await fetch(`${paymentsUrl}/_local/events/${events.at(-1)!.event.id}/redeliver`, { method: 'POST' });
  if (!answer.ok) throw new Error(`the repeated webhook was answered ${answer.status}`);
}

async function books({ api }: Journey): Promise<string> {
  const transactions = await api.all<LedgerTransactionView>('/v1/wallet/transactions');
  return `${transactions.length} transactions, balance ${(await api.get<WalletView>('/v1/wallet')).currentBalance}`;
}
