/** What keepalived asks whether ldirectord runs, beside its configuration. */
export const RUNS = '/etc/keepalived/tandem-ldirectord-runs';

/** Where ldirectord writes its process id: its name and that of its file. */
export const PROCESS_FILE = '/var/run/ldirectord.ldirectord.pid';
