import type { FileActivation } from '../file';

/**
 * Makes a running heartbeat read its files again; it starts anew where ha.cf changed and keeps its resources. Its unit
 * has no reload of its own, and `cl_status` says stopped until the node has joined.
 */
export const RELOAD_HEARTBEAT: FileActivation = {
  kind: 'command',
  command: 'if /usr/libexec/heartbeat/heartbeat -s >/dev/null 2>&1; then /usr/libexec/heartbeat/heartbeat -r; fi',
};
