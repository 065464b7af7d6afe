/** Asks one of the local outside systems what it saw; the platform takes no part in the answer. */
export class StandIn {
  constructor(readonly url: string) {}

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(this.url + path);
    if (!answer.ok) throw new Error(`${this.url}${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  }
}
