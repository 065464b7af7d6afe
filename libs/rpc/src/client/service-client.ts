import type { AnswerOf, InputOf, Operation } from '#leadwire/contracts';
import type { CallOptions } from './call-options.js';
import type { RpcClient } from './rpc-client.js';

/** The typed client of a service: one method per operation of its contract. */
export type ServiceClient<Ops extends Record<string, Operation<any, any>>> = {
  [Name in keyof Ops]: (input: InputOf<Ops[Name]>, options: CallOptions) => Promise<AnswerOf<Ops[Name]>>;
};

/** Makes the typed client of a service from the record of its operations. */
export function clientOf<Ops extends Record<string, Operation<any, any>>>(rpc: RpcClient, operations: Ops): ServiceClient<Ops> {
  const methods = Object.entries(operations).map(([name, operation]) => [
    name,
    (input: object, options: CallOptions) => rpc.call(operation, input, options),
  ]);
  return Object.fromEntries(methods);
}
