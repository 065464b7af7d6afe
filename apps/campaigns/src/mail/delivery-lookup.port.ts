/** Asks a mail system whether it took a message. Bare SMTP cannot tell; many providers' APIs can. */
export interface DeliveryLookup {
  /**
   * `not-found` is no proof while the server may still be storing what it received: ask again after a
   * while before sending again. `unavailable`: no answer, nothing is known.
   */
  find(messageId: string): Promise<'accepted' | 'not-found' | 'unsupported' | 'unavailable'>;
}

/** For a server that speaks SMTP only. */
export class NoDeliveryLookup implements DeliveryLookup {
  async find(): Promise<'unsupported'> {
    return 'unsupported';
  }
}
