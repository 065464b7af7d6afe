import type { Operation } from '#leadwire/contracts';
import { applyDecorators, SetMetadata, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import type { Call } from './call.js';
import { LetErrorsThrough } from './let-errors-through.js';

export const HANDLES = Symbol('leadwire:handles');

type Handler<I extends object, O> = (call: Call<I>) => Promise<O>;

/**
 * Binds a controller's method to an operation's contract: a `@MessagePattern` on its subject, whose call has been
 * verified, validated and permitted, and whose answer the compiler checks.
 */
export function Handle<I extends object, O extends object | void>(operation: Operation<I, O>) {
  const decorate = applyDecorators(
    MessagePattern(operation.subject),
    SetMetadata(HANDLES, operation.id),
    UseFilters(LetErrorsThrough),
  );
  return (target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Handler<I, O>>): void =>
    decorate(target, key, descriptor);
}
