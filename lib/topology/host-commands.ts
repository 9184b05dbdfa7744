/** The command on each node that brings it from empty disks to a running cluster (X19). */
export const PROVISION_COMMAND = '/usr/local/sbin/tandem-provision';

/** The command on a host that fills a store from a dump, for instance `/usr/local/sbin/tandem-restore-directory`. */
export const restoreCommandOf = (backup: string): string => `/usr/local/sbin/tandem-restore-${backup}`;

/** The command on a host that dumps a store, for instance `/usr/local/sbin/tandem-backup-directory`. */
export const dumpCommandOf = (backup: string): string => `/usr/local/sbin/tandem-backup-${backup}`;

/** The units of a backup: what dumps, and what starts it at its times. */
export const backupUnitsOf = (backup: string): { readonly service: string; readonly timer: string } => ({
  service: `tandem-backup-${backup}.service`,
  timer: `tandem-backup-${backup}.timer`,
});

/** The unit that watches the services of a group (E15), for instance `tandem-monitor@groupware.service`. */
export const monitorUnitOf = (group: string): string => `tandem-monitor@${group}.service`;

/** The name of a dump: that of the backup, the UTC time, the kind. */
export const dumpNameOf = (backup: string, kind: 'ldif' | 'sql'): RegExp =>
  new RegExp(`^${backup.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}-([0-9]{8})T([0-9]{6})Z\\.${kind}\\.gz$`);
