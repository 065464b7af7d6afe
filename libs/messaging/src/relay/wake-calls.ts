import type { Bus } from '#leadwire/bus';

/** Tells the replica that publishes a service's events, whichever it is, that another has committed some. */
export class WakeCalls {
  private readonly subject: string;
  private telling = false;

  constructor(
    service: string,
    private readonly bus: Bus,
  ) {
    this.subject = bus.subject(`wake.${service}`);
  }

  /** Hears the others; answers how to stop. A call that is lost costs the pause until the next look, nothing more. */
  listen(wake: () => void): () => void {
    const subscription = this.bus.connection.subscribe(this.subject, { callback: () => wake() });
    return () => {
      if (this.usable) subscription.unsubscribe();
    };
  }

  /** Calls once for all commits of this turn of the event loop. */
  call(): void {
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => {
      this.telling = false;
      if (this.usable) this.bus.connection.publish(this.subject);
    });
  }

  private get usable(): boolean {
    return !this.bus.connection.isClosed() && !this.bus.connection.isDraining();
  }
}
