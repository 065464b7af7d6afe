/** One line of a charge: `price` goes to the feature's revenue, `cost` to what we owe the provider. */
export interface ChargeComponent {
  feature: string;
  /** Needed where there is a cost. */
  provider?: string;
  category?: string;
  /** Decimal text, at most 6 places; price may be 0 only beside a cost. */
  price: string;
  cost?: string;
  /** The catalogue row the price came from. */
  pricingId?: string;
}
