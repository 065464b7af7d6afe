/** A pause that ends early when there is news; news that came before the pause is not forgotten. */
export class Wake {
  private woken = false;
  private end: () => void = () => undefined;

  /** From here on news is news. */
  reset(): void {
    this.woken = false;
  }

  up(): void {
    this.woken = true;
    this.end();
  }

  wait(ms: number): Promise<void> {
    if (this.woken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
