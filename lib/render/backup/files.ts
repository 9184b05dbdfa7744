import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { programFile } from '../readable-file';
import { FormatError } from '../format-error';
import { printUnitFile, section, withoutSpecifiers, type UnitFile } from '../systemd/unit-file';
import { build, isFilledHere, type HostBackup } from './build';
import { dumpScript } from './dump-script';
import { dumpCommand, restoreCommand, serviceUnit, timerUnit } from './names';
import { restoreScript } from './restore-script';
import { timerSettings } from './schedule';

/** Per backup: the commands that dump and restore (a directory is filled from outside), and the units that dump regularly on whichever node it is due. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  return build(topology, host).flatMap((backup) => FormatError.naming(backup.source, () => backupFiles(backup)));
}

function backupFiles(backup: HostBackup): RenderedFile[] {
  const { name, source } = backup;
  const common = { owner: 'root', group: 'root', secrets: [], source };
  return [
    programFile(dumpCommand(name), source, () => dumpScript(backup)),
    ...(isFilledHere(backup) ? [programFile(restoreCommand(name), source, () => restoreScript(backup))] : []),
    {
      ...common,
      path: `/etc/systemd/system/${serviceUnit(name)}`,
      content: printUnitFile(service(backup)),
      mode: '0644',
      checker: 'systemd-analyze',
      activation: { kind: 'daemon-reload' },
    },
    {
      ...common,
      path: `/etc/systemd/system/${timerUnit(name)}`,
      content: printUnitFile(timer(backup)),
      mode: '0644',
      checker: 'systemd-analyze',
      activation: { kind: 'enable', unit: timerUnit(name) },
    },
  ];
}

const HOUR_IN_SECONDS = 3600;

function service({ name, source, interval, peers }: HostBackup): UnitFile {
  return {
    source,
    sections: [
      section('Unit', [
        ['Description', `Dump ${withoutSpecifiers(name)}${peers.length > 0 ? ' and copy it to the other node' : ''}`],
      ]),
      section('Service', [
        ['Type', 'oneshot'],
        ['ExecStart', dumpCommand(name)],
        // A dump that hangs must not keep the next ones from running.
        ['TimeoutStartSec', String(Math.max(HOUR_IN_SECONDS, Math.ceil(interval / 1000)))],
        ['Nice', '10'],
        ['IOSchedulingClass', 'idle'],
      ]),
    ],
  };
}

function timer({ name, source, interval }: HostBackup): UnitFile {
  return {
    source,
    sections: [
      section('Unit', [['Description', `Times of the dump ${withoutSpecifiers(name)}`]]),
      section('Timer', [...timerSettings(interval), ['AccuracySec', '1s']]),
      section('Install', [['WantedBy', 'timers.target']]),
    ],
  };
}
