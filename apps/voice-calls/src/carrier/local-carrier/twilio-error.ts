/** An error body as Twilio's REST API writes it. */
export class TwilioError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  body() {
    const { code, message, status } = this;
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

export const notAuthenticated = () => new TwilioError(401, 20003, 'Authenticate');
export const notFound = (path: string) =>
  new TwilioError(404, 20404, `The requested resource ${path} was not found`);
export const tooManyRequests = () => new TwilioError(429, 20429, 'Too Many Requests');
