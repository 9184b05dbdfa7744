import { backupUnitsOf, dumpCommandOf, restoreCommandOf } from '../../topology/host-commands';
import { plainName } from '../pattern';

/** The command that dumps, for instance `/usr/local/sbin/tandem-backup-directory`. */
export function dumpCommand(backup: string): string {
  return dumpCommandOf(named(backup));
}

/** The command that restores, for instance `/usr/local/sbin/tandem-restore-directory`. */
export function restoreCommand(backup: string): string {
  return restoreCommandOf(named(backup));
}

/** The unit that runs the dump once. */
export function serviceUnit(backup: string): string {
  return backupUnitsOf(named(backup)).service;
}

/** The unit that starts the dump at its times. */
export function timerUnit(backup: string): string {
  return backupUnitsOf(named(backup)).timer;
}

function named(backup: string): string {
  return plainName('systemd.unit', 'the name of a backup', backup);
}
