/** The command on each node that brings it from empty disks to a running cluster (X19). */
export const PROVISION_COMMAND = '/usr/local/sbin/tandem-provision';

/** The command on a host that fills a store from a dump, for instance `/usr/local/sbin/tandem-restore-directory`. */
export const restoreCommandOf = (backup: string): string => `/usr/local/sbin/tandem-restore-${backup}`;

/** The unit that makes a dump at its times. */
export const backupTimerOf = (backup: string): string => `tandem-backup-${backup}.timer`;

/** The name of a dump: that of the backup, the UTC time, the kind. */
export const dumpNameOf = (backup: string, kind: 'ldif' | 'sql'): RegExp =>
  new RegExp(`^${backup.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}-([0-9]{8})T([0-9]{6})Z\\.${kind}\\.gz$`);
