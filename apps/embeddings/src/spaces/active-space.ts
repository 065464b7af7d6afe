import { Database } from '#leadwire/database';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Encoder } from '../encoder/encoder.port.js';
import { ENCODER } from '../encoder/encoder.provider.js';
import { EmbeddingSpaceEntity } from './embedding-space.entity.js';

/** The space that is written and searched. Read once: a process serves one space, the one its encoder speaks. */
@Injectable()
export class ActiveSpace implements OnModuleInit {
  private space?: EmbeddingSpaceEntity;

  constructor(
    private readonly database: Database,
    @Inject(ENCODER) private readonly encoder: Encoder,
  ) {}

  /** Refuses to start with an encoder of another space: its vectors would be compared with strangers. */
  async onModuleInit(): Promise<void> {
    const space = await this.database.withoutTenant((tx) => tx.manager.findOneBy(EmbeddingSpaceEntity, { active: true }));
    const { model, dimensions } = this.encoder;
    if (space?.model !== model || space.dimensions !== dimensions) {
      throw new Error(`embeddings: the encoder speaks ${model} (${dimensions}), the active space is ${space?.model} (${space?.dimensions})`);
    }
    this.space = space;
  }

  get id(): number {
    return this.space!.id;
  }

  get model(): string {
    return this.space!.model;
  }

  get dimensions(): number {
    return this.space!.dimensions;
  }
}
