/**
 * What keepalived asks whether HAProxy answers. Beside its configuration: keepalived runs nothing as root that lies where
 * others may write, as a group may in `/usr/local` on hosts that were upgraded (`enable_script_security`).
 */
export const ANSWERS = '/etc/keepalived/tandem-haproxy-answers';
