interface Details {
  type?: 'invalid_request_error' | 'idempotency_error' | 'api_error';
  code?: string;
  param?: string;
}

/** An error body as Stripe's API writes it. */
export class StripeApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    private readonly details: Details = {},
  ) {
    super(message);
  }

  body() {
    return { error: { type: 'invalid_request_error', message: this.message, ...this.details } };
  }
}

export const missing = (param: string) =>
  new StripeApiError(400, `Missing required param: ${param}.`, { code: 'parameter_missing', param });

export const noSuchSession = (id: string) =>
  new StripeApiError(404, `No such checkout.session: '${id}'`, {
    code: 'resource_missing',
    param: 'session',
  });
