import { embeddingsOperations } from '#leadwire/contracts';
import { ServiceModule } from '#leadwire/service-kit';
import { Module } from '@nestjs/common';
import { EmbeddingsConfig } from './embeddings.config.js';
import { encoderProvider } from './encoder/encoder.provider.js';
import { EmbedOnLeadChanged } from './lead-index/embed-on-lead-changed.consumer.js';
import { IndexFreshnessEntity } from './lead-index/index-freshness.entity.js';
import { LeadEmbeddingEntity } from './lead-index/lead-embedding.entity.js';
import { LeadIndex } from './lead-index/lead-index.js';
import { IndexStatus } from './search/index-status.js';
import { NearestLeads } from './search/nearest-leads.js';
import { SearchController } from './search/search.controller.js';
import { SearchLeads } from './search/search-leads.js';
import { SimilarLeads } from './search/similar-leads.js';
import { ActiveSpace } from './spaces/active-space.js';
import { EmbeddingSpaceEntity } from './spaces/embedding-space.entity.js';

@Module({
  imports: [
    ServiceModule.forService({
      name: 'embeddings',
      config: EmbeddingsConfig,
      entities: [EmbeddingSpaceEntity, LeadEmbeddingEntity, IndexFreshnessEntity],
      operations: embeddingsOperations,
    }),
  ],
  controllers: [SearchController],
  providers: [encoderProvider, ActiveSpace, LeadIndex, EmbedOnLeadChanged, NearestLeads, SearchLeads, SimilarLeads, IndexStatus],
})
export class EmbeddingsModule {}
