import type { BusOptions } from '#leadwire/bus';
import type { CoreConfig } from './core.config.js';

/** How a process reaches the bus, by its settings; throws an Error that names the one that does not fit. */
export function busSettings(config: CoreConfig): Omit<BusOptions, 'name'> {
  const { natsUrl: url, natsUser: user, natsPassword: password, natsTlsCa: caFile, natsTlsCert: certFile, natsTlsKey: keyFile } = config;
  if ((user === undefined) !== (password === undefined)) throw new Error('NATS_USER and NATS_PASSWORD go together: set both, or neither');
  const tls = { ...(caFile && { caFile }), ...(certFile && { certFile }), ...(keyFile && { keyFile }) };
  return {
    url,
    namespace: config.busNamespace,
    replicas: config.streamReplicas,
    ...(user !== undefined && password !== undefined && { login: { user, password } }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}
