import type { LeadHits, SearchLeads as SearchLeadsInput } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Inject, Injectable } from '@nestjs/common';
import { encodeOrRefuse } from '../encoder/encode-or-refuse.js';
import type { Encoder } from '../encoder/encoder.port.js';
import { ENCODER } from '../encoder/encoder.provider.js';
import { vectorText } from '../lead-index/lead-index.js';
import { NearestLeads } from './nearest-leads.js';

/** Finds leads by what is said of them, in plain words. */
@Injectable()
export class SearchLeads {
  constructor(
    private readonly nearest: NearestLeads,
    @Inject(ENCODER) private readonly encoder: Encoder,
  ) {}

  async execute(call: Call<SearchLeadsInput>): Promise<LeadHits> {
    const { query, limit = 10 } = call.input;
    const [vector] = await encodeOrRefuse(this.encoder, [query]);
    return call.transaction((tx) => this.nearest.find(tx, { vector: vectorText(vector!), limit }));
  }
}
