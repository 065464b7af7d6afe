import type { Page } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';

type RequestBody = NonNullable<RequestInit['body']>;

const RETRY_FOR_MS = 60_000;
const RETRY_PAUSE_MS = 250;
const TRY_AGAIN = new Set([429, 502, 503, 504]);

/** An answer that was no success: its status and problem document. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: { code?: string; detail?: string; title?: string },
  ) {
    super(`${status} ${problem.code ?? ''}: ${problem.detail ?? problem.title ?? ''}`);
  }
}

/** An outside client of the gateway: repeats what got no answer with the same Idempotency-Key, as a careful client does. */
export class ApiClient {
  credential?: string;

  constructor(readonly url: string) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.send<T>('POST', path, { body: JSON.stringify(body), contentType: 'application/json' });
  }

  /** Sends a body as it is, made anew for each try (a stream is used up by the first). */
  postFile<T>(path: string, body: () => RequestBody, contentType: string): Promise<T> {
    return this.send<T>('POST', path, { body, contentType });
  }

  /** Every item of a list, page after page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const join: string = path.includes('?') ? '&' : '?';
      const page: Page<T> = await this.get<Page<T>>(`${path}${join}limit=200${cursor ? `&cursor=${cursor}` : ''}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  private async send<T>(method: string, path: string, content?: { body: string | (() => RequestBody); contentType: string }): Promise<T> {
    const idempotencyKey = newId();
    const end = Date.now() + RETRY_FOR_MS;
    for (;;) {
      const answer = await this.tryOnce(method, path, idempotencyKey, content).catch((error: unknown) => error as Error);
      if (!(answer instanceof Error) && !TRY_AGAIN.has(answer.status)) return read<T>(answer);
      if (Date.now() > end) throw answer instanceof Error ? answer : await failure(answer);
      await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
    }
  }

  private tryOnce(method: string, path: string, idempotencyKey: string, content?: { body: string | (() => RequestBody); contentType: string }): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: {
        ...(this.credential && { authorization: `Bearer ${this.credential}` }),
        ...(method !== 'GET' && { 'idempotency-key': idempotencyKey }),
        ...(content && { 'content-type': content.contentType }),
      },
      ...(content && { body: typeof content.body === 'string' ? content.body : content.body(), duplex: 'half' }),
    } as RequestInit);
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw await failure(answer);
  if (answer.status === 204) return undefined as T;
  const json = answer.headers.get('content-type')?.includes('json');
  return (json ? await answer.json() : await answer.text()) as T;
}

async function failure(answer: Response): Promise<ApiError> {
  return new ApiError(answer.status, (await answer.json().catch(() => ({}))) as object);
}
