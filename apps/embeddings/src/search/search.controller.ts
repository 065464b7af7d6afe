import {
  embeddingsOperations as operations,
  type Nothing,
  type SearchLeads as SearchLeadsInput,
  type SimilarLeads as SimilarLeadsInput,
} from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { IndexStatus } from './index-status.js';
import { SearchLeads } from './search-leads.js';
import { SimilarLeads } from './similar-leads.js';

@Controller()
export class SearchController {
  constructor(
    private readonly searchLeads: SearchLeads,
    private readonly similarLeads: SimilarLeads,
    private readonly indexStatus: IndexStatus,
  ) {}

  @Handle(operations.searchLeads)
  search(call: Call<SearchLeadsInput>) {
    return this.searchLeads.execute(call);
  }

  @Handle(operations.similarLeads)
  similar(call: Call<SimilarLeadsInput>) {
    return this.similarLeads.execute(call);
  }

  @Handle(operations.indexStatus)
  status(call: Call<Nothing>) {
    return this.indexStatus.execute(call);
  }
}
