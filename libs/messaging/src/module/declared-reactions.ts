import type { DiscoveryService } from '@nestjs/core';
import { CONSUMER, type Reaction } from '../consumers/consumer.decorator.js';
import type { DeclaredReaction } from './messaging.js';

/** Every provider of the application that is marked with `@Consumer`. */
export function declaredReactions(discovery: DiscoveryService): DeclaredReaction[] {
  return discovery
    .getProviders()
    .filter(({ metatype }) => typeof metatype === 'function' && Reflect.hasMetadata(CONSUMER, metatype))
    .map(({ metatype, instance }) => ({ spec: Reflect.getMetadata(CONSUMER, metatype!), reaction: instance as Reaction }));
}
