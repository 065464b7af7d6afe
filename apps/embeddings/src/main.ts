import { runService } from '#leadwire/service-kit';
import { EmbeddingsModule } from './embeddings.module.js';

await runService(EmbeddingsModule);
