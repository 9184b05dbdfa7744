/** Where HAProxy is asked how it sees its servers: by root alone (HAProxy Management Guide, section 9.3). */
export const STATS_SOCKET = '/run/haproxy/admin.sock';

/** The name of the proxy of a service, in the answers of HAProxy too. */
export const proxyName = (balancer: { readonly name: string }, service: { readonly port: number }): string =>
  `${balancer.name}-${service.port}`;

/**
 * What keepalived asks whether HAProxy answers. Beside its configuration: keepalived runs nothing as root that lies where
 * others may write, as a group may in `/usr/local` on hosts that were upgraded (`enable_script_security`).
 */
export const ANSWERS = '/etc/keepalived/tandem-haproxy-answers';
