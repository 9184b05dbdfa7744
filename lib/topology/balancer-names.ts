/** Where HAProxy is asked how it sees its servers: by root alone (HAProxy Management Guide, section 9.3). */
export const STATS_SOCKET = '/run/haproxy/admin.sock';

/** The name of the proxy of a service, in the answers of HAProxy too. */
export const proxyName = (balancer: { readonly name: string }, service: { readonly port: number }): string =>
  `${balancer.name}-${service.port}`;
