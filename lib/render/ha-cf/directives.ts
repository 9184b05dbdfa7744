import type { SourceLocation } from '../source';
import type { HaCf } from './syntax';

/**
 * How heartbeat reads the rest of a directive's line: `list` gives every word its own turn, blanks and commas divide
 * them; `line` hands the rest to a medium or a client, where only blanks divide.
 */
export type DirectiveForm = 'list' | 'line';

// Names that heartbeat 3.0.6 accepts: its directive table, its whole-line directives and its media plugins.
const FORMS: ReadonlyMap<string, DirectiveForm> = new Map([
  ...['cluster', 'node', 'hopfudge', 'keepalive', 'deadtime', 'deadping', 'initdead', 'warntime', 'watchdog'].map(list),
  ...['baud', 'udpport', 'logfacility', 'logfile', 'debugfile', 'nice_failback', 'auto_failback', 'rtprio'].map(list),
  ...['hbgenmethod', 'realtime', 'debug', 'msgfmt', 'use_logd', 'conn_logd_time', 'use_apphbd', 'log_badpack'].map(
    list,
  ),
  ...['syslogmsgfmt', 'coredumps', 'coreroot', 'pacemaker', 'crm', 'crm_daemon_dir', 'autojoin', 'uuidfrom'].map(list),
  ...['compression', 'compression_threshold', 'traditional_compression', 'env', 'max_rexmit_delay'].map(list),
  ...['record_config_changes', 'record_pengine_inputs', 'enable_config_writes', 'memreserve', 'quorum_server'].map(
    list,
  ),
  ...['bcast', 'udp', 'serial', 'ping', 'ping6', 'hbaping'].map(list),
  ...['ucast', 'ucast6', 'mcast', 'mcast6', 'ping_group', 'stonith', 'stonith_host', 'apiauth', 'respawn'].map(line),
]);

function list(name: string): readonly [string, DirectiveForm] {
  return [name, 'list'];
}

function line(name: string): readonly [string, DirectiveForm] {
  return [name, 'line'];
}

const MEDIA: ReadonlySet<string> = new Set([
  ...['bcast', 'udp', 'ucast', 'ucast6', 'mcast', 'mcast6', 'serial', 'ping', 'ping6', 'ping_group', 'hbaping'],
]);

/** Settings that heartbeat hands to a medium when it meets the medium's line. */
export const BEFORE_MEDIA: ReadonlySet<string> = new Set(['udpport', 'baud']);

/** How a directive's line is read; an unknown one is kept by its blanks. */
export const formOf = (name: string): DirectiveForm => FORMS.get(name) ?? 'line';

export const isKnownDirective = (name: string): boolean => FORMS.has(name);

/** True for directives that open a path for heartbeats. */
export const isMedium = (name: string): boolean => MEDIA.has(name);

/** A directive that heartbeat does not know; it refuses to start with one. */
export interface UnknownDirective {
  readonly name: string;
  readonly location?: SourceLocation;
}

/** Directives of a file that heartbeat does not know, in the order of the file. */
export function unknownDirectives(file: HaCf): readonly UnknownDirective[] {
  return file.items
    .filter((item) => item.kind === 'directive')
    .filter((item) => !isKnownDirective(item.name))
    .map((item) => ({ name: item.name, location: item.location }));
}
