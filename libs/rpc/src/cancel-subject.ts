/** Where callers tell a service's replicas which call they gave up; the body is the reply subject that the call had. */
export function cancelSubject(service: string): string {
  return `rpc-cancel.${service}`;
}
