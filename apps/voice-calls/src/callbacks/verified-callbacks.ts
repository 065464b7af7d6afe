import { CallProblems, type CarrierCallback } from '#leadwire/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'node:querystring';
import { CARRIER } from '../carrier/carrier.provider.js';
import type { Carrier } from '../carrier/carrier.port.js';
import { CallbackAddresses, type CallReference } from './callback-addresses.js';

export type CallbackParams = Record<string, string | string[]>;

/** A callback that the carrier signed, and the call it is about. */
export interface VerifiedCallback extends CallReference {
  params: CallbackParams;
  carrierSid: string;
}

/** Lets in what the carrier signed for an address of ours, and nothing else. */
@Injectable()
export class VerifiedCallbacks {
  constructor(
    private readonly addresses: CallbackAddresses,
    @Inject(CARRIER) private readonly carrier: Carrier,
  ) {}

  /** Throws `bad-webhook-signature` for a token or a signature that does not fit. */
  verify(callback: CarrierCallback): VerifiedCallback {
    const reference = this.addresses.open(callback.token);
    const params = formOf(callback.rawBody);
    const signature = callback.headers['x-twilio-signature'];
    if (!reference || !this.carrier.verifySignature({ url: callback.requestUrl, params, signature })) throw CallProblems.badSignature();
    return { ...reference, params, carrierSid: textOf(params, 'CallSid') ?? '' };
  }
}

/** One parameter; the first when it came several times. */
export function textOf(params: CallbackParams, name: string): string | undefined {
  return [params[name]].flat()[0] || undefined;
}

function formOf(base64: string): CallbackParams {
  const form = parse(Buffer.from(base64, 'base64').toString()) as CallbackParams;
  return { ...form };
}
